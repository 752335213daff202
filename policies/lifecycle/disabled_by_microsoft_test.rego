package agentid.lifecycle.disabled_by_microsoft_test

import data.agentid.lib.testing
import data.agentid.lifecycle.disabled_by_microsoft

judged(kind, properties) := result if {
	result := disabled_by_microsoft.findings with input as testing.in_tenant(kind, {"properties": properties})
}

test_fails_for_any_other_status if {
	every kind in ["blueprint", "blueprintPrincipal", "agentIdentity"] {
		every status in ["DisabledDueToViolationOfServicesAgreement", "Another"] {
			judged(kind, {"disabledByMicrosoftStatus": status}) == {{
				"path": ["disabledByMicrosoftStatus"],
				"args": {"name": "test", "status": status},
			}}
		}
	}
}

test_passes_when_not_disabled if {
	every status in [null, "", " ", "NotDisabled", "notDisabled", 5, true, [], {}] {
		judged("agentIdentity", {"disabledByMicrosoftStatus": status}) == set()
	}
	judged("blueprint", {}) == set()
}
