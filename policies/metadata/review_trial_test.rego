package agentid.metadata.review_trial_test

import data.agentid.metadata.review_trial
import data.agentid.lib.testing

test_fails_with_notes if {
	found := review_trial.findings with input as testing.blueprint({"properties": {"notes": "x"}})
	found == {{"path": ["notes"], "args": {"notes": "x"}}}
}

test_passes_without_notes if {
	review_trial.findings == set() with input as testing.blueprint({})
	review_trial.findings == set() with input as testing.blueprint({"properties": {"notes": null}})
	review_trial.findings == set() with input as testing.blueprint({"properties": {"notes": 1}})
}
