package agentid.lib.names_test

import data.agentid.lib.names

test_sample_names if {
	every name in ["My Agent", " my agent blueprint ", "Your Blueprint Display Name", "TODO", "<agent name>", "Test"] {
		names.is_sample(name)
	}
}

test_names_of_their_own if {
	every name in ["My Agent Smith", "lf-claims-prd", "${NAME}", "{{ name }}", "", "Tester", null, 5, [], {}] {
		not names.is_sample(name)
	}
}

test_unseen_characters_are_named if {
	names.unseen("a\u202eb\u200bc\u200b") == {"U+202E right-to-left override", "U+200B zero width space"}
	names.unseen("\ufeffclaims") == {"U+FEFF zero width no-break space"}
	names.unseen("claims\n") == {"U+000A line feed"}
	names.unseen("claims\u0000\u001b[31m") == {"U+0000 null", "U+001B escape"}
}

test_what_can_be_seen_is_not_named if {
	every name in ["lf-claims-prd", "Ünïcödé", "Заявки", "请求", "طلبات", "🤖", "a\u00a0b", "❤\ufe0f", "", " ~"] {
		names.unseen(name) == set()
	}
}

test_joiners_belong_to_some_scripts_and_to_emoji if {
	names.unseen("👩\u200d💻 desk") == set()
	names.unseen("فاکتور\u200cها") == set()
	names.unseen("a\u200db") == {"U+200D zero width joiner"}
	names.unseen("\u200dفا") == {"U+200D zero width joiner"}
	names.unseen("فا\u200c") == {"U+200C zero width non-joiner"}
}

test_tags_belong_to_flags if {
	hidden := "\udb40\udc68\udb40\udc69"
	names.unseen(concat("", ["desk", hidden])) == {"U+E0068 tag", "U+E0069 tag"}
	names.unseen(concat("", ["desk 🏴", hidden])) == set()
}

test_only_text_has_characters if {
	every value in [null, 5, true, [], {}] {
		names.unseen(value) == set()
	}
}

test_a_long_name_is_cut if {
	letters := concat("", [letter | some _ in numbers.range(1, 80); letter := "ä"])
	names.shown(letters) == letters
	longer := concat("", [letters, "ä"])
	count(names.shown(longer)) == 80
	endswith(names.shown(longer), "…")
}
