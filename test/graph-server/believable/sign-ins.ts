import type { Draft } from './draft.ts';
import { guid } from './guid.ts';
import { APPS } from './microsoft.ts';

/** The last days of the sign-in log: agents that are in use anyway. */
export function signInLog(draft: Draft, agents: readonly string[]): void {
  for (const [index, id] of agents.filter((_, at) => at % 5 === 2).entries()) {
    draft.signIns.push({
      id: guid(`sign-in ${index}`),
      createdDateTime: draft.at(-1 - (index % 20), '11:05:00'),
      signInEventTypes: ['servicePrincipal'],
      servicePrincipalId: id,
      servicePrincipalName: 'agent',
      appId: id,
      resourceId: APPS.graph,
      resourceDisplayName: 'Microsoft Graph',
      ipAddress: '198.51.100.24',
      conditionalAccessStatus: 'success',
      status: { errorCode: 0, failureReason: null },
      agent: {
        agentType: 'agenticAppInstance',
        parentAppId: null,
        agentSubjectType: 'notAgentic',
        agentSubjectParentId: null,
      },
    });
  }
}
