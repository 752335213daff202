package agentid.protection.risky_agent_test

import data.agentid.lib.testing
import data.agentid.protection.risky_agent

judged(properties, minimum) := result if {
	result := risky_agent.findings with input as testing.in_tenant("riskyAgent", {"properties": properties})
		with data.agentid.options as testing.options("protection/risky-agent", {"minimumLevel": minimum})
}

at_risk := {
	"agentDisplayName": "invoice-chaser-1",
	"identityType": "agentIdentity",
	"isEnabled": true,
	"isDeleted": false,
	"riskLevel": "high",
	"riskState": "atRisk",
	"riskLastModifiedDateTime": "2026-11-19T04:10:55Z",
}

found(overrides) := {{"path": ["riskState"], "args": object.union(
	{
		"type": "agent identity",
		"name": "invoice-chaser-1",
		"state": "at risk",
		"level": "high",
		"date": "2026-11-19",
	},
	overrides,
)}}

changed(overrides) := object.union(at_risk, overrides)

test_fails_at_risk if {
	judged(at_risk, "medium") == found({})
	judged(changed({"riskLevel": "medium"}), "medium") == found({"level": "medium"})
	judged(changed({"riskLevel": "low"}), "low") == found({"level": "low"})
}

test_passes_below_the_level if {
	judged(changed({"riskLevel": "low"}), "medium") == set()
	judged(changed({"riskLevel": "medium"}), "high") == set()
	judged(changed({"riskLevel": "none"}), "low") == set()
}

test_a_hidden_level_counts_as_high if {
	every level in ["hidden", "unknownFutureValue", null, ""] {
		judged(changed({"riskLevel": level}), "high") == found({"level": null})
	}
	judged(changed({"riskLevel": 5}), "high") == found({"level": null})
}

test_fails_when_confirmed_whatever_the_level if {
	told := {"none": null, "low": "low"}
	every level in ["none", "low", null] {
		judged(changed({"riskState": "confirmedCompromised", "riskLevel": level}), "high") == found({
			"state": "confirmed compromised",
			"level": object.get(told, level, null),
		})
	}
}

test_tells_what_it_is if {
	judged(changed({"identityType": "agentUser"}), "medium") == found({"type": "agent user"})
	principal := changed({"identityType": "agentIdentityBlueprintPrincipal"})
	judged(principal, "medium") == found({"type": "blueprint principal"})
	judged(changed({"identityType": null}), "medium") == found({"type": "agent"})
	every name in [null, "", 5] {
		judged(changed({"agentDisplayName": name}), "medium") == found({"name": "test"})
	}
	judged(changed({"riskLastModifiedDateTime": null}), "medium") == found({"date": null})
}

test_fails_when_nothing_says_disabled if {
	judged(object.remove(at_risk, ["isEnabled", "isDeleted"]), "medium") == found({})
	judged(changed({"isEnabled": null, "isDeleted": null}), "medium") == found({})
}

test_passes_when_disabled_or_deleted if {
	judged(changed({"isEnabled": false}), "medium") == set()
	judged(changed({"isDeleted": true}), "medium") == set()
}

test_passes_in_other_states if {
	every state in ["none", "confirmedSafe", "remediated", "dismissed", "unknownFutureValue", null, 5, []] {
		judged(changed({"riskState": state}), "low") == set()
	}
	judged({}, "low") == set()
}
