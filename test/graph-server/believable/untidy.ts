import type { Entity } from '../entities.ts';
import { agent } from './agents.ts';
import {
  blueprint,
  blueprintIds,
  managedIdentity,
  principal,
  type Blueprint,
  type BlueprintSource,
} from './blueprints.ts';
import { certificate, secret } from './credentials.ts';
import { assign, consent, type Draft } from './draft.ts';
import { guid } from './guid.ts';
import { APPS, GRAPH } from './microsoft.ts';
import type { People } from './people.ts';
import { VENDORS } from './planted.ts';
import { pair } from './tidy.ts';
import { untidyAgents } from './untidy-agents.ts';

const PIPELINE = {
  id: guid('service principal of the pipeline'),
  appId: guid('application of the pipeline'),
};
const NO_GRANT = { enableIdTokenIssuance: false, enableAccessTokenIssuance: false };

function credentials(draft: Draft, add: (name: string, source: Partial<BlueprintSource>) => Blueprint): void {
  add('lf-invoice-chaser-prd', {
    properties: { passwordCredentials: [secret(draft, 'invoice job', -20, 60)] },
  });
  add('lf-returns-clerk-prd', {
    properties: { passwordCredentials: [secret(draft, 'Agent 365 CLI Generated Secret', -100, 630)] },
    federated: [],
  });
  add('lf-customs-archive-prd', {
    properties: {
      keyCredentials: [
        certificate(draft, 'customs archive 1', -100, 995),
        certificate(draft, 'customs archive 2', -100, 200),
        certificate(draft, 'customs archive 3', -50, 250),
      ],
    },
  });
  add('lf-yard-planner-prd', {
    properties: { passwordCredentials: [secret(draft, 'before federation', -150, -70)] },
    principal: { keyCredentials: [certificate(draft, 'yard planner principal', -10, 300)] },
  });
  add('lf-driver-desk-prd', {
    properties: { keyCredentials: [certificate(draft, 'driver desk', -340, 12)] },
  });
  const github = 'https://token.actions.githubusercontent.com';
  const workload = {
    issuer: github,
    subject: 'repo:larkspur-freight/rates:environment:production',
    description: null,
  };
  const exchange = ['api://AzureADTokenExchange'];
  add('lf-fuel-watch-prd', {
    federated: [
      managedIdentity('lf-fuel-watch-prd'),
      {
        ...managedIdentity('fuel watch elsewhere'),
        issuer: `https://login.microsoftonline.com/${VENDORS.verified.tenant}/v2.0`,
      },
      {
        id: guid('fuel watch pull requests'),
        name: 'gh-pull-requests',
        issuer: github,
        subject: 'repo:larkspur-freight/fuel-watch:pull_request',
        description: null,
        audiences: exchange,
      },
      {
        id: guid('fuel watch audience'),
        name: 'gh-deploy',
        issuer: github,
        subject: 'repo:larkspur-freight/fuel-watch:environment:production',
        description: null,
        audiences: ['api://larkspur-build'],
      },
    ],
  });
  for (const name of ['lf-rate-quote-prd', 'lf-rate-history-prd']) {
    add(name, {
      federated: [{ id: guid(`rates ${name}`), name: 'gh-rates', ...workload, audiences: exchange }],
    });
  }
}

function exposure(
  draft: Draft,
  people: People,
  add: (name: string, source: Partial<BlueprintSource>) => Blueprint,
): void {
  const verified = {
    verifiedPublisher: {
      displayName: 'Larkspur Freight',
      verifiedPublisherId: '6012345',
      addedDateTime: draft.at(-400),
    },
  };
  add('lf-carrier-portal-prd', {
    properties: {
      signInAudience: 'AzureADMultipleOrgs',
      web: {
        redirectUris: ['http://carriers.larkspur-freight.example/done'],
        redirectUriSettings: [{ uri: 'http://carriers.larkspur-freight.example/done', index: null }],
        implicitGrantSettings: { ...NO_GRANT, enableIdTokenIssuance: true },
      },
    },
    principal: { signInAudience: 'AzureADMultipleOrgs' },
  });
  add('lf-partner-desk-prd', {
    properties: { signInAudience: 'AzureADMultipleOrgs', ...verified },
    principal: { signInAudience: 'AzureADMultipleOrgs', ...verified },
  });
  add('lf-parcel-pal-prd', {
    properties: { signInAudience: 'AzureADandPersonalMicrosoftAccount', ...verified },
    principal: { signInAudience: 'AzureADandPersonalMicrosoftAccount', ...verified },
  });
  const scope = guid('scope of the dock assistant');
  add('lf-dock-assistant-prd', {
    properties: {
      identifierUris: ['api://dock-assistant'],
      api: {
        requestedAccessTokenVersion: 2,
        knownClientApplications: [],
        oauth2PermissionScopes: [
          {
            id: scope,
            value: 'access_agent',
            type: 'User',
            isEnabled: true,
            adminConsentDisplayName: 'Talk to the dock agent',
            adminConsentDescription: 'Lets the caller send work to the dock agent.',
          },
        ],
        preAuthorizedApplications: [{ appId: guid('unknown client'), delegatedPermissionIds: [scope] }],
      },
    },
  });
  const vendor = (
    { name, tenant }: { readonly name: string; readonly tenant: string },
    properties: Entity,
  ) => {
    const made = blueprintIds(name);
    principal(draft, made, {
      appOwnerOrganizationId: tenant,
      publisherName: name.split(' ')[0],
      signInAudience: 'AzureADMultipleOrgs',
      createdByAppId: null,
      ...properties,
    });
    for (const place of ['finance', 'sales']) {
      agent(draft, `${name} ${place}`, made.appId, { sponsors: pair(people, name.length) });
    }
  };
  vendor(VENDORS.verified, {
    verifiedPublisher: {
      displayName: 'Quillstone',
      verifiedPublisherId: '5544332',
      addedDateTime: draft.at(-500),
    },
  });
  vendor(VENDORS.unverified, {});
}

function inheritance(draft: Draft, add: (name: string, source: Partial<BlueprintSource>) => Blueprint): void {
  const sorter = add('lf-mail-sorter-prd', {
    inheritable: [
      {
        resourceAppId: APPS.graph,
        inheritableScopes: { '@odata.type': '#microsoft.graph.noScopes', kind: 'none' },
        inheritableRoles: { '@odata.type': '#microsoft.graph.allAllowedRoles', kind: 'allAllowed' },
      },
    ],
  });
  assign(draft, sorter.principalId, GRAPH, 'Mail.ReadWrite', sorter.name);
  add('lf-pricing-lab-prd', {
    inheritable: [{ resourceAppId: APPS.graph, inheritableScopes: { kind: 'scopeKindNotSet' } }],
  });
  const declared = (resourceAppId: string, id: string) => ({
    resourceAppId,
    resourceAccess: [{ id, type: 'Scope' }],
  });
  add('lf-route-optimizer-prd', {
    properties: {
      managerApplications: [guid('unknown manager application')],
      requiredResourceAccess: [
        {
          resourceAppId: APPS.graph,
          resourceAccess: ['User.Read', 'Team.ReadBasic.All'].map((name) => ({
            id: GRAPH.scopes[name],
            type: 'Scope',
          })),
        },
        declared(APPS.sharePoint, guid('scope of SharePoint')),
      ],
    },
  });
}

function accountability(
  draft: Draft,
  people: People,
  add: (name: string, source: Partial<BlueprintSource>) => Blueprint,
): void {
  add('Sample Agent Blueprint', {
    sponsors: [],
    owners: [],
    federated: [],
    inheritable: [],
    properties: {
      description: null,
      uniqueName: null,
      serviceManagementReference: null,
      requiredResourceAccess: [],
      keyCredentials: [certificate(draft, 'try-out', -100, 200)],
    },
  });
  const left = people.left.map(({ id }) => id);
  add('lf-claims-archive-prd', {
    sponsors: left.slice(0, 2),
    owners: [...pair(people, 8), PIPELINE.id],
    principal: { accountEnabled: false },
  });
  add('lf-hr-helper-prd', { sponsors: [...pair(people, 9).slice(0, 1), PIPELINE.id] });
  add('lf-night-shift-prd', { sponsors: pair(people, 10).slice(0, 1) });
}

/** Adds everything that a rule has to find, and the agents that it happens to. */
export function untidy(draft: Draft, people: People): void {
  draft.servicePrincipals.push({
    '@odata.type': '#microsoft.graph.servicePrincipal',
    ...PIPELINE,
    displayName: 'lf-agent-pipeline',
    accountEnabled: true,
    servicePrincipalType: 'Application',
  });
  const made = new Map<string, Blueprint>();
  const add = (name: string, source: Partial<BlueprintSource>): Blueprint => {
    const number = made.size;
    const one = blueprint(draft, name, {
      sponsors: pair(people, number),
      owners: pair(people, number + 13),
      ageDays: 120 + number,
      ...source,
    });
    made.set(name, one);
    return one;
  };
  credentials(draft, add);
  exposure(draft, people, add);
  inheritance(draft, add);
  accountability(draft, people, add);
  untidyAgents(draft, people, (name) => made.get(name)?.appId ?? '');
  const chaser = made.get('lf-invoice-chaser-prd');
  if (chaser !== undefined) consent(draft, chaser.principalId, GRAPH, ['Mail.Read']);
}
