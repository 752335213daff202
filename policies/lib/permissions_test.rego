package agentid.lib.permissions_test

import data.agentid.lib.permissions

test_lists_take_names_with_or_without_the_kind_and_patterns if {
	permission := {"kind": "application", "name": "Files.Read.All"}
	permissions.is_listed(permission, ["Files.Read.All"])
	permissions.is_listed(permission, ["files.*"])
	permissions.is_listed(permission, ["application/Files.Read.All"])
	permissions.is_listed(permission, ["Notes.Read", "application/*"])
	not permissions.is_listed(permission, [])
	not permissions.is_listed(permission, ["delegated/Files.Read.All"])
	not permissions.is_listed(permission, ["Files.Read"])
}

test_names_belong_to_ids_of_their_kind if {
	permissions.name_of("delegated", "e1fe6dd8-ba31-4d61-89e7-88639da4683d") == "User.Read"
	permissions.is_id("delegated", "e1fe6dd8-ba31-4d61-89e7-88639da4683d")
	not permissions.is_id("application", "e1fe6dd8-ba31-4d61-89e7-88639da4683d")
	not permissions.is_id("unknown", "e1fe6dd8-ba31-4d61-89e7-88639da4683d")
	not permissions.is_id("delegated", null)
	permissions.exists("delegated", "User.Read")
	not permissions.exists("application", "User.Read")
	not permissions.exists("delegated", "user.read")
}

test_reach_is_written_by_hand_or_made_of_the_noun if {
	permissions.reach_of("application", "Directory.ReadWrite.All") == "the whole directory"
	permissions.reach_of("application", "AccessReview.Read.All") == "all access reviews in the tenant"
}
