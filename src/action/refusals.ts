import { usageError } from '../cli/errors.ts';
import type { WorkflowEvent } from './event.ts';
import type { Step } from './step.ts';

/**
 * Refuses to read a tenant where a stranger may have a say in what runs: `pull_request_target` and a run that follows one
 * of a fork have the rights of the repository, and pull requests from forks have none.
 * https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
 * @throws {UsageError}
 */
export function refuseUnsafe({ inputs, event, world }: Pick<Step, 'inputs' | 'event' | 'world'>): void {
  if (inputs.mode !== 'scan') return;
  const [owner = ''] = (world.context.env['GITHUB_REPOSITORY'] ?? '').split('/');
  const why = unsafeReason(event, owner);
  if (why !== null)
    throw usageError(`mode: "scan" is refused ${why}`, 'Scan on a schedule, on a push or by hand.');
}

function unsafeReason(event: WorkflowEvent, owner: string): string | null {
  switch (event.kind) {
    case 'change':
      if (event.name === 'pull_request_target') return 'for pull_request_target';
      return event.isForeign ? 'for pull requests from forks and of Dependabot' : null;
    case 'ended-run':
      return event.headOwner.toLowerCase() === owner.toLowerCase() ? null : 'after a run of a fork';
    case 'other':
      return null;
  }
}
