# METADATA
# title: Run
# description: The moment that expiry is judged against. Policies have no clock.
package agentid.lib.run

# METADATA
# description: Seconds since 1970-01-01T00:00:00Z.
now := data.agentid.run.now
