/** Variables by their names. */
export type Environment = { readonly [name: string]: string | undefined };

/** Every input that `action.yml` declares. */
export const INPUT_NAMES = [
  'mode',
  'paths',
  'config',
  'working-directory',
  'rules',
  'fail-on',
  'fail-on-new',
  'baseline',
  'changed-only',
  'formats',
  'output-dir',
  'upload-sarif',
  'sarif-category',
  'annotations',
  'summary',
  'comment',
  'artifact',
  'tenant-id',
  'client-id',
  'cloud',
  'results',
  'version',
  'extra-args',
  'token',
] as const;

export type InputName = (typeof INPUT_NAMES)[number];
