import type { Problem } from '../documents/problem.ts';
import { configProblem, quoted } from './problem.ts';
import type { ConfigPlace } from './schema-problems.ts';
import { tenantObjections } from './tenants.ts';
import type { WrittenConfig } from './written.ts';

/** What is wrong with the tenants of a config that fits its schema. */
export function tenantProblems({ tenants = {} }: WrittenConfig, { document, at }: ConfigPlace): Problem[] {
  return tenantObjections(tenants).map(({ path, value, message, hint }) => {
    const { range } =
      path.length === 2 ? document.locateKey([...at, ...path]) : document.locate([...at, ...path]);
    return configProblem(
      { code: 'config-invalid-tenant', message: `${quoted(value)} ${message}.`, hint },
      { uri: document.uri, range },
    );
  });
}
