import { controlsSections } from './controls.ts';
import { coverage } from './coverage.ts';
import { countsBody } from './counts.ts';
import { findingsBody } from './findings.ts';
import { inventoryBody } from './inventory.ts';
import { markup, type Content } from './markup.ts';
import type { Section } from './parts.ts';
import { passesOnBody } from './passes-on.ts';
import { people } from './people.ts';
import { permissionsBody } from './permissions.ts';
import { receiptBody } from './receipt.ts';
import { rulesBody } from './rules.ts';
import { suppressionsBody } from './suppressions.ts';
import type { View } from './view.ts';

/** Everything below the verdict, in the order that it is read. */
export function sectionsOf(view: View): readonly Section[] {
  const { findings, resources, rules, unlisted } = view.report;
  const suppressed = findings.filter((finding) => finding.suppressed !== null).length;
  const some = (number: number) => (number === 0 ? '' : String(number));
  return [
    { id: 'counts', title: 'What was found', note: '', body: countsBody(view) },
    { id: 'people', title: 'Who answers for what', note: '', body: peopleBody(view) },
    { id: 'passes-on', title: 'What blueprints pass on', note: '', body: passesOnBody(view) },
    { id: 'findings', title: 'Findings', note: String(findings.length), body: findingsBody(view) },
    ...controlsSections(view),
    { id: 'permissions', title: 'What agents may do', note: '', body: permissionsBody(view) },
    {
      id: 'inventory',
      title: 'Inventory',
      note: some(resources.length + unlisted),
      body: inventoryBody(view),
    },
    {
      id: 'waivers',
      title: 'Waivers and what else is suppressed',
      note: some(suppressed),
      body: suppressionsBody(view),
    },
    { id: 'rules', title: 'Rules', note: some(rules.length), body: rulesBody(view) },
    { id: 'receipt', title: 'Receipt: what was read and judged', note: '', body: receiptBody(view) },
  ];
}

function peopleBody({ report: { resources, unlisted } }: View): Content {
  if (resources.length === 0) return markup`<p class="quiet">No object was judged.</p>`;
  return [
    coverage(resources),
    people(resources),
    unlisted === 0
      ? null
      : markup`<p class="quiet">${unlisted} more objects without findings are not counted here.</p>`,
  ];
}
