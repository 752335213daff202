package agentid.lib.dates_test

import data.agentid.lib.dates

# 2026-11-23T00:00:00Z
now := 1795392000

since(timestamp) := days if days := dates.days_since(timestamp) with data.agentid.run.now as now

test_counts_days if {
	since("2026-11-23T00:00:00Z") == 0
	since("2026-11-22T23:59:59Z") == 1
	since("2026-11-24T00:00:00Z") == -1
	since("2026-03-01T00:00:00Z") - since("2026-02-28T00:00:00Z") == -1
	since("2024-03-01T00:00:00.1234567Z") - since("2024-02-28T00:00:00Z") == -2
	since("1970-01-01T00:00:00Z") == now / 86400
	since("2000-02-29T00:00:00Z") == (now - 951782400) / 86400
	since("1999-12-31T00:00:00Z") == (now - 946598400) / 86400
}

test_says_nothing_about_anything_else if {
	every value in [null, 5, [], {}, "", "Z", "soon", "2026-11Z", "2026-11-23", "2026-1x-23T00:00:00Z", "20-111-23Z"] {
		not is_number(object.get({"days": days | days := since(value)}, "days", null))
	}
}

test_shows_the_date if {
	dates.shown("2026-11-22T23:59:59Z") == "2026-11-22"
	every value in [null, 5, [], {}, ""] {
		dates.shown(value) == ""
	}
}

within(timestamp, days) if dates.is_surely_within(timestamp, days) with data.agentid.run.now as now

test_a_quick_look_never_contradicts_the_count if {
	every timestamp in ["2026-11-23T00:00:00Z", "2026-10-24T09:00:00Z", "2026-03-31T23:59:59Z", "2024-02-29T00:00:00Z"] {
		every days in [0, 1, 22, 23, 30, 236, 237, 238, 267, 268, 998, 999, 1027, 1028, 4000] {
			not contradicts(timestamp, days)
		}
	}
}

contradicts(timestamp, days) if {
	within(timestamp, days)
	since(timestamp) > days
}

test_a_quick_look_at_the_month if {
	within("2026-03-31T00:00:00Z", 268)
	not within("2026-03-31T00:00:00Z", 267)
	every value in [null, 5, [], {}, "", "soon", "2019-03-31T00:00:00Z"] {
		not within(value, 100000)
	}
}
