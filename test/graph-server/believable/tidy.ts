import { agent, agentUser, signedIn } from './agents.ts';
import { blueprint, principal, type Blueprint } from './blueprints.ts';
import { assign, consent, type Draft } from './draft.ts';
import { guid } from './guid.ts';
import { AGENT_TOOLS, APPS, GRAPH, MICROSOFT_TENANT, OBSERVABILITY, SHIPMENTS } from './microsoft.ts';
import type { People } from './people.ts';

/** What the company lets agents do; each is a blueprint. */
const JOBS = [
  'lf-claims-triage-prd',
  'lf-customs-clerk-prd',
  'lf-dispatch-helper-prd',
  'lf-driver-hotline-prd',
  'lf-eta-explainer-prd',
  'lf-fleet-scheduler-prd',
  'lf-fuel-reports-prd',
  'lf-load-planner-prd',
  'lf-meeting-notes-prd',
  'lf-packing-advisor-prd',
  'lf-pod-reader-prd',
  'lf-port-watch-prd',
  'lf-rate-desk-prd',
  'lf-safety-coach-prd',
  'lf-tariff-lookup-prd',
  'lf-translation-prd',
  'lf-travel-desk-prd',
  'lf-warehouse-voice-prd',
];

/** Made by Copilot Studio and Foundry, which give them no owner and no description. */
const PLATFORM_JOBS = ['Canteen menu assistant', 'Parking helper'];

export type Tidy = {
  readonly blueprints: readonly Blueprint[];
  /** Ids of agent identities with nothing wrong. */
  readonly agents: readonly string[];
};

/** Two people, different ones for each number. */
export function pair({ staff }: People, number: number): readonly string[] {
  const at = (index: number) => staff[index % staff.length]?.id ?? '';
  return [at(number), at(number + 7)];
}

function interactive(draft: Draft, people: People): Blueprint {
  const name = 'lf-shipment-chat-prd';
  const appId = guid(`blueprint ${name} as an application`);
  const scope = guid('scope access_agent of the shipment chat');
  return blueprint(draft, name, {
    sponsors: [people.groups.operations],
    owners: pair(people, 3),
    properties: {
      identifierUris: [`api://${appId}`],
      api: {
        requestedAccessTokenVersion: 2,
        knownClientApplications: [],
        oauth2PermissionScopes: [
          {
            id: scope,
            value: 'access_agent',
            type: 'User',
            isEnabled: true,
            adminConsentDisplayName: 'Talk to the shipment agent',
            adminConsentDescription: 'Lets the caller ask about shipments for the signed-in user.',
            userConsentDisplayName: 'Talk to the shipment agent',
            userConsentDescription: 'Lets the app ask about shipments for you.',
          },
        ],
        preAuthorizedApplications: [APPS.teamsDesktop, APPS.teamsWeb].map((client) => ({
          appId: client,
          delegatedPermissionIds: [scope],
        })),
      },
      web: {
        redirectUris: ['https://chat.larkspur-freight.example/consent-done'],
        redirectUriSettings: [{ uri: 'https://chat.larkspur-freight.example/consent-done', index: null }],
        implicitGrantSettings: { enableIdTokenIssuance: false, enableAccessTokenIssuance: false },
      },
    },
  });
}

function platformMade(draft: Draft, people: People, name: string, index: number): Blueprint {
  const creator = index === 0 ? APPS.copilotStudio : APPS.foundry;
  return blueprint(draft, name, {
    sponsors: pair(people, 30 + index),
    owners: [],
    federated: [],
    inheritable: [],
    properties: {
      createdByAppId: creator,
      managerApplications: [creator],
      description: null,
      uniqueName: null,
      serviceManagementReference: null,
      requiredResourceAccess: [],
    },
    principal: { createdByAppId: creator },
  });
}

/** A blueprint of Microsoft's own that the tenant uses: its principal is here, the blueprint is not. */
function firstParty(draft: Draft): Blueprint {
  const made: Blueprint = {
    id: '',
    appId: guid('first-party blueprint'),
    principalId: guid('principal of the first-party blueprint'),
    name: 'Facilitator',
  };
  principal(draft, made, {
    appOwnerOrganizationId: MICROSOFT_TENANT,
    publisherName: 'Microsoft Services',
    signInAudience: 'AzureADMultipleOrgs',
    createdByAppId: null,
  });
  return made;
}

function sponsorsOf(people: People, index: number): readonly string[] {
  const { claims, customs, operations } = people.groups;
  const groups = [claims, customs, operations];
  return index % 4 === 0 ? [groups[(index / 4) % 3] ?? claims] : pair(people, index);
}

function agentsOf(
  draft: Draft,
  people: People,
  made: Blueprint,
  count: number,
  seed: number,
): readonly string[] {
  const site = ['emea', 'amer', 'apac', 'hq', 'depot'];
  const job = made.name.replace(/^lf-/, '').replace(/-prd$/, '');
  return Array.from({ length: count }, (_, index) => {
    const number = seed + index;
    const name = `${job} ${site[index % site.length] ?? 'hq'} ${1 + Math.floor(index / site.length)}`;
    const id = agent(draft, name, made.appId, {
      sponsors: sponsorsOf(people, number),
      owners: number % 3 === 0 ? pair(people, number + 11) : [],
      // One in five is in no report: no evidence either way.
      lastSignInDaysAgo: number % 5 === 0 ? null : 1 + (number % 60),
      // One in twenty rests, without any access.
      properties: { accountEnabled: number % 20 !== 7, createdDateTime: draft.at(-40 - (number % 300)) },
    });
    if (number % 20 !== 7) access(draft, id, name, number, people);
    return id;
  });
}

function access(draft: Draft, id: string, name: string, number: number, { staff }: People): void {
  if (number % 2 === 0)
    assign(draft, id, SHIPMENTS, number % 4 === 0 ? 'Shipments.Read' : 'Rates.Read', name);
  if (number % 6 === 0) assign(draft, id, GRAPH, 'Sites.Selected', name);
  if (number % 10 === 1) assign(draft, id, GRAPH, 'Place.Read.All', name);
  if (number % 9 === 0) {
    consent(draft, id, GRAPH, ['Calendars.ReadBasic', 'offline_access'], staff[number % staff.length]);
  }
}

/** Everything that is as it should be. */
export function tidy(draft: Draft, people: People): Tidy {
  const plain = JOBS.map((name, index) =>
    blueprint(draft, name, {
      sponsors: sponsorsOf(people, index),
      owners: pair(people, index + 20),
      ageDays: 100 + 10 * index,
    }),
  );
  // A new blueprint that nothing was made from yet; nobody has added its principal either.
  const draftOnly = blueprint(draft, 'lf-onboarding-guide-dev', {
    sponsors: pair(people, 40),
    owners: pair(people, 41),
    ageDays: 5,
    principal: null,
  });
  const platform = PLATFORM_JOBS.map((name, index) => platformMade(draft, people, name, index));
  const chat = interactive(draft, people);
  const made = [...plain, chat, ...platform];
  for (const { appId } of made) signedIn(draft, appId, 1);
  for (const { principalId, name } of plain.slice(0, 9)) {
    consent(draft, principalId, AGENT_TOOLS, ['McpServers.Calendar.All', 'McpServersMetadata.Read.All']);
    assign(draft, principalId, OBSERVABILITY, 'Maven.ReadWrite.All', name);
  }
  const counts = made.map((_, index) => (index < 18 ? 13 : 6));
  let seed = 0;
  const agents = made.flatMap((one, index) => {
    const ids = agentsOf(draft, people, one, counts[index] ?? 0, seed);
    seed += ids.length;
    return ids;
  });
  const facilitators = agentsOf(draft, people, firstParty(draft), 4, 500);
  for (const [index, parent] of agents
    .filter((_, at) => at % 12 === 1)
    .slice(0, 20)
    .entries()) {
    agentUser(draft, `Larkspur Agent ${index + 1}`, {
      parent,
      sponsors: pair(people, index + 5),
      lastSignInDaysAgo: 1 + index,
    });
  }
  return { blueprints: [...made, draftOnly], agents: [...agents, ...facilitators] };
}
