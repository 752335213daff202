# METADATA
# title: Credentials
# description: What client secrets and certificates have in common. Their dates are seconds, null when not stated.
package agentid.lib.credentials

import data.agentid.lib.run

# METADATA
# description: Every secret and certificate that may authenticate now or later, in the order of `input.credentials`.
active := [credential |
	some credential in input.credentials
	not is_expired(credential.end)
	not is_encryption(credential.usage)
]

# METADATA
# scope: document
# description: Whether a credential with this end has ceased to work. One without a stated end may still work.
default is_expired(_) := false

is_expired(end) if {
	is_number(end)
	end <= run.now
}

# METADATA
# scope: document
# description: Whether a certificate with this usage encrypts tokens; it authenticates nobody.
default is_encryption(_) := false

is_encryption(usage) if lower(usage) == "encrypt"

# METADATA
# scope: document
# description: Whether a credential with the first end works longer than one with the second.
default outlives(_, _) := false

outlives(null, _)

outlives(end, other) if {
	is_number(end)
	end > other
}

# METADATA
# scope: document
# description: The word for a type of credential in messages.
word_of("secret") := "client secret"

word_of("certificate") := "certificate"
