import { frameworks, type WrittenFramework } from '../../frameworks/generated/frameworks.mjs';
import type { Framework } from './framework.ts';

/** A framework that comes along; `null` when there is none of that name. */
export function builtInFramework(name: string): Framework | null {
  const written = frameworks.find(({ id }) => id === name);
  return written === undefined ? null : frameworkOf(written);
}

/** A framework as it is written, whose rules are ids already. */
export function frameworkOf({ id, title, url, controls }: WrittenFramework): Framework {
  return {
    id,
    title,
    url: url ?? null,
    controls: controls.map((control) => ({ ...control, url: control.url ?? null })),
  };
}
