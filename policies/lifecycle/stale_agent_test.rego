package agentid.lifecycle.stale_agent_test

import data.agentid.lib.testing
import data.agentid.lifecycle.stale_agent

day := 86400

now := 1795392000

defaults := {"unusedDays": 90, "graceDays": 30, "seasonalTags": []}

judged_agent(kind, overrides, options) := result if {
	result := stale_agent.findings with input as testing.in_tenant(kind, overrides)
		with data.agentid.options as testing.options("lifecycle/stale-agent", object.union(defaults, options))
		with data.agentid.run.now as now
}

# An agent that was last used so many days ago.
unused(days, properties) := {
	"created": now - (400 * day),
	"activity": {"last": now - (days * day), "source": "signIns"},
	"properties": object.union(
		{"accountEnabled": true, "signInActivity": {"lastSignInDateTime": "2026-08-25T00:00:00Z", "source": "signIns"}},
		properties,
	),
}

judged(days, properties, options) := judged_agent("agentIdentity", unused(days, properties), options)

found(days) := {{
	"path": ["signInActivity", "lastSignInDateTime"],
	"args": {"name": "test", "days": days, "date": "2026-08-25", "evidence": "the sign-in log"},
}}

test_fails_from_the_limit_on if {
	judged(90, {}, {}) == found(90)
	judged(399, {}, {}) == found(399)
	judged(10, {}, {"unusedDays": 10}) == found(10)
	judged_agent("agentUser", unused(90, {}), {}) == found(90)
}

test_passes_below_the_limit if {
	judged(89, {}, {}) == set()
	judged(90, {}, {"unusedDays": 91}) == set()
}

test_passes_without_evidence if {
	agent := object.union(unused(90, {"signInActivity": null}), {"activity": {"last": null, "source": null}})
	judged_agent("agentIdentity", agent, {}) == set()
}

test_passes_when_disabled_or_when_nothing_says_enabled if {
	every value in [false, null, "true", 1] {
		judged(90, {"accountEnabled": value}, {}) == set()
	}
}

test_passes_in_the_time_of_grace if {
	judged(90, {}, {"graceDays": 401}) == set()
	judged(90, {}, {"graceDays": 400}) == found(90)
	agent := object.union(unused(90, {}), {"created": null})
	judged_agent("agentIdentity", agent, {"graceDays": 401}) == found(90)
}

test_passes_for_seasonal_agents if {
	judged(90, {"tags": ["season:january"]}, {"seasonalTags": ["season:*"]}) == set()
	judged(90, {"tags": ["prd"]}, {"seasonalTags": ["season:*"]}) == found(90)
	judged(90, {"tags": null}, {"seasonalTags": ["season:*"]}) == found(90)
}
