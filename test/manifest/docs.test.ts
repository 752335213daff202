import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { AgentKind } from '../../src/manifest/result.ts';
import { problemsOf, readText } from './support.ts';

const PAGE = readFileSync(new URL('../../docs/manifest-shapes.md', import.meta.url), 'utf8');
const EXAMPLE = /^```(?:yaml|json) (?<uri>\S+)(?: as=(?<as>\w+))?\n(?<text>[^]*?)^```$/gm;

describe('docs/manifest-shapes.md', () => {
  const examples = [...PAGE.matchAll(EXAMPLE)].map(({ groups }) => groups ?? {});

  test.each(examples)('the example $uri is read', async ({ uri = '', as, text = '' }) => {
    const hints = {
      relationships: 'declared',
      ...(as === undefined ? {} : { as: as as AgentKind }),
    } as const;
    const result = await readText(text, uri, hints);
    expect(problemsOf(result)).toEqual([]);
    expect(result).toMatchObject({ status: 'resources', resources: [{}], refused: 0 });
  });

  test('has an example of every shape', async () => {
    const shapes = new Set<string>();
    for (const { uri = '', as, text = '' } of examples) {
      const result = await readText(text, uri, {
        relationships: 'declared',
        ...(as === undefined ? {} : { as: as as AgentKind }),
      });
      if (result.status === 'resources') for (const { origin } of result.resources) shapes.add(origin.shape);
    }
    expect([...shapes].sort()).toEqual([
      'agent365-file',
      'graph-collection',
      'graph-create-body',
      'graph-object',
      'native-file',
      'portal-manifest',
    ]);
  });
});
