# METADATA
# title: Options
# description: The organisation's choices, merged with the defaults of each rule's METADATA by the host.
package agentid.lib.options

# METADATA
# description: The effective options of a rule for the judged resource.
of(rule) := data.agentid.options[input.settings][rule]
