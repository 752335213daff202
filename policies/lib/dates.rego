# METADATA
# title: Dates
# description: |
#   Timestamps that stand as text inside a property. Those that every resource has are numbers already: `input.created`,
#   `input.activity`, and the start and end in `input.credentials`.
package agentid.lib.dates

import data.agentid.lib.run

# METADATA
# description: |
#   Whole days from the date of a timestamp such as `2026-06-20T09:00:00Z` to the day of the run. Graph writes them in
#   UTC. Undefined for anything else.
days_since(timestamp) := floor(run.now / 86400) - _day(year, month, day) if {
	endswith(timestamp, "Z")
	count(timestamp) >= 20
	year := to_number(substring(timestamp, 0, 4))
	month := _two_digits(substring(timestamp, 5, 2))
	day := _two_digits(substring(timestamp, 8, 2))
}

# METADATA
# scope: document
# description: |
#   Whether a timestamp is surely not more than this many days old, for a quick look before counting: it takes the
#   first moment of its month from a table. False says nothing.
default is_surely_within(_, _) := false

is_surely_within(timestamp, days) if {
	month := data.agentid.tables.calendar.months[substring(timestamp, 0, 7)]
	month + (days * 86400) > run.now
}

# METADATA
# description: The date of a timestamp, for messages; empty for anything but text.
shown(timestamp) := substring(timestamp, 0, 10) if {
	is_string(timestamp)
} else := ""

# A digit in front, for a number does not begin with a zero.
_two_digits(digits) := to_number(concat("", ["1", digits])) - 100

# The day's number since 1970-01-01.
_day(year, month, day) := _day_from_march(year - 1, month + 12, day) if {
	month <= 2
} else := _day_from_march(year, month, day)

# A year that begins with March has its leap day at the end; between 1900 and 2100 every fourth year has one.
_day_from_march(year, month, day) := (((365 * year) + floor(year / 4)) + day_of_year) - 719484 if {
	day_of_year := floor(((153 * (month - 3)) + 2) / 5) + day
}
