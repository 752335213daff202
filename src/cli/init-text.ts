import type { Survey } from '../init.ts';
import { RESOURCE_KINDS, type ResourceKind } from '../model/vocabulary.ts';
import { count } from '../reporters/text.ts';
import type { InitPlace } from './init-place.ts';
import { VERSION } from './version.ts';

/** What is in a repository, for people. */
export function foundLines({ kinds, files, bare, unmarked, projects, problems }: Survey): readonly string[] {
  const found = kinds.map(({ kind, count: number }) => count(number, label(kind), pluralOf(kind)));
  const [first, ...more] = projects.map((folder) => (folder === '' ? 'this folder' : folder));
  return [
    found.length === 0 ? 'found no manifest' : `found ${found.join(', ')} in ${count(files, 'file')}`,
    ...(first === undefined
      ? []
      : [
          more.length === 0
            ? `found an Agent 365 project in ${first}`
            : `found Agent 365 projects in ${listedFiles([first, ...more])}`,
        ]),
    ...(bare.files.length === 0
      ? []
      : [`found exports that hold no sponsors and no owners: ${listedFiles(bare.files)}`]),
    ...(unmarked.files.length === 0
      ? []
      : [`found application JSON that does not say what it is: ${listedFiles(unmarked.files)}`]),
    ...(problems === 0
      ? []
      : [
          `found ${count(problems, 'problem')} that ${problems === 1 ? 'keeps' : 'keep'} something from being read`,
        ]),
  ];
}

function label(kind: ResourceKind): string {
  return RESOURCE_KINDS[kind].label;
}

function pluralOf(kind: ResourceKind): string {
  return label(kind).replace(/y$/, 'ie').concat('s');
}

const SHOWN = 2;

/** `a`, `a and b`, `a and 4 more`. */
export function listedFiles(files: readonly string[]): string {
  const shown = files.length === SHOWN ? files : files.slice(0, 1);
  const more = files.length - shown.length;
  return [...shown, ...(more === 0 ? [] : [`${more} more`])].join(' and ');
}

const RELEASES = 'https://github.com/agentid-lint/agentid-lint/releases';

type Done = {
  readonly survey: Survey;
  readonly place: InitPlace;
  /** Absolute paths. */
  readonly wrote: readonly string[];
  readonly hasBaseline: boolean;
  /** Whether somebody has said what application JSON without a marker is. */
  readonly isAnswered: boolean;
};

/** What comes next; nothing when nothing was written. */
export function nextLines({ survey, place, wrote, hasBaseline, isAnswered }: Done): readonly string[] {
  if (wrote.length === 0) return [];
  const { config, workflow } = place;
  const asksKind = wrote.includes(config.path) && !isAnswered && survey.unmarked.files.length > 0;
  return [
    '',
    'Next:',
    ...(survey.kinds.length + survey.projects.length + survey.unmarked.files.length === 0
      ? ['  write a manifest: https://github.com/agentid-lint/agentid-lint/blob/main/docs/manifest-shapes.md']
      : []),
    ...(asksKind ? [`  look at "manifests" in ${config.name}: some files do not say what they are`] : []),
    ...(wrote.includes(workflow.path)
      ? [`  in ${workflow.name}, put the commit of v${VERSION} in place of <commit>:`, `    ${RELEASES}`]
      : []),
    '  agentid-lint lint               judges what is there',
    ...(hasBaseline
      ? []
      : ['  agentid-lint baseline create    records what is found today, so that only new findings count']),
  ];
}
