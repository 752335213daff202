import { agent, agentUser } from './agents.ts';
import { assign, consent, holdRole, type Draft } from './draft.ts';
import { secret } from './credentials.ts';
import { guid } from './guid.ts';
import { GRAPH, SHIPMENTS } from './microsoft.ts';
import type { People } from './people.ts';
import { pair } from './tidy.ts';

/** Adds the agents of the untidy blueprints, and what is wrong with some of them. `appIdOf` finds a blueprint by name. */
export function untidyAgents(draft: Draft, people: People, appIdOf: (name: string) => string): void {
  const [someone] = people.staff;
  const two = pair(people, 17);
  const add = (job: string, number: number, source: Partial<Parameters<typeof agent>[3]> = {}) =>
    agent(draft, `${job} ${number}`, appIdOf(`lf-${job.replaceAll(' ', '-')}-prd`), {
      sponsors: two,
      ...source,
    });

  const chaser = add('invoice chaser', 1, { sponsors: [] });
  add('returns clerk', 1, { sponsors: [] });
  agent(draft, 'yard planner backdoor', appIdOf('lf-yard-planner-prd'), {
    sponsors: two,
    properties: { passwordCredentials: [secret(draft, 'added by hand', -9, 80)] },
  });
  const gone = [people.deleted, ...people.left.slice(0, 1)].map(({ id }) => id);
  const archive = add('claims archive', 1, { sponsors: gone });
  add('claims archive', 2, { sponsors: [people.groups.formerProject], owners: [archive] });
  add('hr helper', 1, { sponsors: [...two, people.groups.accounting] });
  consent(draft, add('hr helper', 2), GRAPH, ['Directory.AccessAsUser.All'], someone);
  add('hr helper', 3, {
    properties: { customSecurityAttributes: { AgentGovernance: { DataClass: 'internal' } } },
  });
  assign(draft, add('night shift', 1), GRAPH, 'Policy.ReadWrite.ConditionalAccess', 'night shift 1');
  assign(draft, add('night shift', 2), GRAPH, 'Mail.Read', 'night shift 2');
  assign(draft, add('night shift', 3), GRAPH, 'AgentIdentityBlueprint.AddRemoveCreds.All', 'night shift 3');
  holdRole(draft, add('night shift', 4), 'Exchange Administrator');
  const member = add('night shift', 5);
  draft.members[people.groups.tier0] = [...(draft.members[people.groups.tier0] ?? []), member];
  add('night shift', 6, { sponsors: two.slice(0, 1) });
  const lab = add('pricing lab', 1, { lastSignInDaysAgo: 140 });
  assign(
    draft,
    add('pricing lab', 2, { properties: { accountEnabled: false } }),
    SHIPMENTS,
    'Rates.Read',
    'pricing lab 2',
  );
  add('carrier portal', 1, {
    properties: { disabledByMicrosoftStatus: 'DisabledDueToViolationOfServicesAgreement' },
  });
  add('route optimizer', 1, {
    properties: { createdDateTime: draft.at(-700) },
    lifecycle: { lastAttestationDateTime: draft.at(-500) },
  });
  add('route optimizer', 2, {
    lifecycle: {
      complianceIssues: [{ ruleType: 'sponsorPresenceRule', description: 'Has fewer sponsors than asked.' }],
    },
  });
  agent(draft, 'old proof of concept', guid('blueprint that is gone'), { sponsors: two });
  // Blueprints that are untidy themselves, with tidy agents.
  for (const job of [
    'customs archive',
    'yard planner',
    'driver desk',
    'fuel watch',
    'rate quote',
    'rate history',
    'partner desk',
    'parcel pal',
    'dock assistant',
    'mail sorter',
  ]) {
    add(job, 1);
  }
  const account = (name: string, parent: string, source: Partial<Parameters<typeof agentUser>[2]> = {}) =>
    agentUser(draft, name, { parent, sponsors: two, ...source });
  account('Invoice Chaser', chaser, { sponsors: [] });
  account('Claims Archive', archive, { sponsors: people.guests.slice(0, 2).map(({ id }) => id) });
  account('Pricing Lab', lab, { lastSignInDaysAgo: 150 });
  holdRole(draft, account('Night Shift', member), 'User Administrator');
  const remains = (name: string, daysAgo: number) => {
    const id = guid(`deleted agent ${name}`);
    draft.deletedItems.push({
      '@odata.type': '#microsoft.graph.agentIdentity',
      id,
      appId: id,
      displayName: name,
      servicePrincipalType: 'ServiceIdentity',
      deletedDateTime: draft.at(-daysAgo),
    });
    return id;
  };
  account('Old Poc', remains('old proof of concept 2', 13));
  // Deleted yesterday: the rest may still follow.
  account('Departing Agent', remains('departing agent', 1));
}
