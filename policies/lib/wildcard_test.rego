package agentid.lib.wildcard_test

import data.agentid.lib.wildcard

fitting := {
	"lf-claims-prd": {"lf-claims-prd", "lf-*", "*-prd", "lf-*-prd", "*", "**", "lf-*-???", "*claims*", "lf*s-p?d"},
	"": {"", "*", "**"},
	"a": {"a", "?", "*a", "a*", "*a*", "?*", "*?"},
	"aaab": {"*aab", "*ab", "a*ab", "a*a*b", "*a*a*b*", "a?*b"},
	"mississippi": {"m*iss*iss*ippi", "*iss*sip*", "m?ss*", "*s?ip*"},
	"né🤖d": {"n?🤖?", "*🤖*", "né*"},
}

failing := {
	"lf-claims-prd": {"", "LF-*", "lf-*-dev", "lf-*-????????", "*-*-*-*", "?", "lf-claims-prd?", "*claims", "claims*"},
	"": {"a", "?", "*?"},
	"a": {"", "b", "??", "a?", "*a*a*", "aa", "a*a"},
	"aaab": {"*b*a", "aab", "a*a*a*a*b", "*aaaab"},
	"ab": {"ab*b", "a*ab", "*ab?", "ab*ab"},
	"abc": {"*c*b*", "a*c*b", "*?*?*?*?*"},
}

test_fitting if {
	every name, patterns in fitting {
		every pattern in patterns {
			wildcard.fits(name, pattern)
		}
	}
}

test_not_fitting if {
	every name, patterns in failing {
		every pattern in patterns {
			not wildcard.fits(name, pattern)
		}
	}
}

test_a_pattern_with_more_than_five_stars_is_not_judged if {
	not wildcard.fits("claims", "*c*l*x*m*s")
	wildcard.fits("claims", "*c*l*x*m*s*")
}

test_marks_of_other_pattern_languages_are_themselves if {
	wildcard.fits("a.b+[c]", "a.b+[c]")
	not wildcard.fits("axb", "a.b")
	not wildcard.fits("ac", "[ab]c")
}

test_only_text_fits if {
	every value in [null, 5, true, [], {}] {
		not wildcard.fits(value, "*")
		not wildcard.fits("a", value)
	}
}
