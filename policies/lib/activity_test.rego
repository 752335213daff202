package agentid.lib.activity_test

import data.agentid.lib.activity
import data.agentid.lib.testing

day := 86400

agent(overrides) := testing.in_tenant("agentIdentity", overrides)

active(last, source) := agent({"activity": {"last": last, "source": source}})

test_counts_days_since_the_last_sign_in if {
	activity.days_unused == 90 with input as active(10 * day, "signIns") with data.agentid.run.now as 100 * day
	activity.days_unused == 89 with input as active((10 * day) + 1, "signIns") with data.agentid.run.now as 100 * day
}

test_says_nothing_without_evidence if {
	not activity.days_unused with input as active(null, null) with data.agentid.run.now as 100 * day
}

test_names_the_evidence if {
	activity.evidence == "the sign-in log" with input as active(1, "signIns")
	activity.evidence == "the tenant's reports" with input as active(1, "another")
	activity.evidence == "the tenant's reports" with input as active(1, null)
}

test_tells_the_young if {
	activity.is_younger_than(30) with input as agent({"created": 71 * day}) with data.agentid.run.now as 100 * day
	not activity.is_younger_than(30) with input as agent({"created": 70 * day}) with data.agentid.run.now as 100 * day
	not activity.is_younger_than(30) with input as agent({"created": null}) with data.agentid.run.now as 100 * day
}

test_tells_the_unused_as_it_counts_days if {
	unused(10 * day, 90)
	unused((10 * day) - 1, 90)
	not unused((10 * day) + 1, 90)
	not unused(null, 1)
}

unused(last, days) if activity.is_unused_for(days) with input as active(last, "signIns")
	with data.agentid.run.now as 100 * day
