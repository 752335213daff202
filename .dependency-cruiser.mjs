/**
 * Who may import whom: docs/architecture.md, section 3. One rule a stage; the comment says what to do instead.
 * A `types` entry may only be imported with `import type`.
 */
const STAGES = {
  util: {
    may: [],
    comment: 'util/ is at the bottom: move what it needs into it, or move it up to its only user.',
  },
  documents: {
    may: ['util'],
    comment: 'documents/ knows text and positions only: what a blueprint is belongs in manifest/.',
  },
  model: {
    may: ['util'],
    types: ['documents'],
    comment: 'model/ knows resources and facts: reading belongs in documents/ and manifest/.',
  },
  manifest: {
    may: ['util', 'documents', 'model'],
    comment: 'manifest/ turns documents into resources: judging belongs in policies/.',
  },
  tenant: {
    may: ['util', 'model'],
    comment:
      'tenant/ reads Graph and snapshots: which rules need what, and judging, belong in the use cases.',
  },
  policy: {
    may: ['util'],
    types: ['documents', 'model'],
    comment: 'policy/ evaluates facts: words belong in findings/, files in documents/.',
  },
  findings: {
    may: ['util', 'documents', 'model'],
    types: ['policy'],
    comment: 'findings/ places and words what policies found: calling the engine is for the use cases.',
  },
  reporters: {
    may: ['util'],
    types: ['documents', 'findings', 'policy', 'model', 'history'],
    comment: 'A reporter is a pure function of a report: compute what it needs in findings/.',
  },
  results: {
    may: ['util', 'documents', 'model', 'findings'],
    types: ['policy', 'reporters'],
    comment: 'results/ turns saved JSON back into a report: writing one is for reporters/.',
  },
  suppressions: {
    may: ['util', 'documents', 'model', 'findings'],
    types: ['policy', 'config'],
    comment:
      'suppressions/ reads waivers and baselines and tells which findings count: judging belongs in policies/, the verdict in findings/gate.',
  },
  history: {
    may: ['util', 'documents', 'model', 'findings'],
    types: ['policy'],
    comment: 'history/ keeps what runs have found: a report is made in lint/ and drawn in reporters/.',
  },
  frameworks: {
    may: ['util', 'documents', 'model', 'findings'],
    types: ['policy'],
    comment: 'frameworks/ reads controls and books a report by them: judging belongs in policies/.',
  },
  sources: {
    may: ['util', 'documents', 'model', 'policy'],
    comment:
      'sources/ turns places of own rules into policy bundles: judging with them belongs in the use cases.',
  },
  changes: {
    may: ['util'],
    comment: 'changes/ asks git what has changed: what follows from it belongs in cli/ and action/.',
  },
  config: {
    may: ['util', 'documents', 'model'],
    types: ['findings', 'policy', 'sources', 'suppressions'],
    comment: 'config/ reads settings: what they do belongs to the stage they are for.',
  },
};

/** Files of the use cases: `lint/`, `scan/`, `rules/` and `init/` are their rooms. */
const USE_CASES = '^src/(lint/|scan/|rules/|init/|[^/]+[.]ts$)';

const values = (path) => ({ path, dependencyTypesNot: ['type-only'] });

const stageRules = Object.entries(STAGES).map(([stage, { may, types = [], comment }]) => ({
  name: `${stage}-imports`,
  comment,
  severity: 'error',
  from: { path: `^src/${stage}/` },
  to: { path: '^src/', pathNot: [stage, ...may, ...types].map((name) => `^src/${name}/`).join('|') },
}));

const typeRules = Object.entries(STAGES)
  .filter(([, { types }]) => types !== undefined)
  .map(([stage, { types, comment }]) => ({
    name: `${stage}-imports-types-only`,
    comment: `Only types may come from there. ${comment}`,
    severity: 'error',
    from: { path: `^src/${stage}/` },
    to: values(types.map((name) => `^src/${name}/`).join('|')),
  }));

export default {
  forbidden: [
    ...stageRules,
    ...typeRules,
    {
      name: 'use-cases-know-no-front',
      comment: 'A use case returns a value: printing and arguments belong in cli/.',
      severity: 'error',
      from: { path: USE_CASES, pathNot: '^src/index[.]ts$' },
      to: { path: '^src/(cli|reporters)/' },
    },
    {
      name: 'use-cases-take-config-as-values',
      comment: 'A use case is given its settings: loading and merging them belongs in cli/.',
      severity: 'error',
      from: { path: USE_CASES },
      to: values('^src/config/'),
    },
    {
      name: 'cli-goes-through-use-cases',
      comment:
        'The command line holds no policy, source, tenant, manifest or document logic: call or add a use case.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: values('^src/(policy|sources|manifest|documents|tenant)/'),
    },
    {
      name: 'cli-entry-is-last',
      comment: 'Nothing imports the command line but the Action, which runs it.',
      severity: 'error',
      from: { pathNot: '^src/(cli|action)/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'action-entry-is-last',
      comment: 'Nothing imports the Action.',
      severity: 'error',
      from: { pathNot: '^src/action/' },
      to: { path: '^src/action/' },
    },
    {
      name: 'action-goes-through-the-command-line',
      comment:
        'The Action runs our command line and reads its report: what it needs of a use case is an option there.',
      severity: 'error',
      from: { path: '^src/action/' },
      to: values(`^src/(policy|sources|manifest|documents|tenant|model)/|${USE_CASES}`),
    },
    {
      name: 'toolkit-only-in-the-action',
      comment: "GitHub's toolkit is for the Action: reporters and the command line do without.",
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/action/' },
      to: { path: 'node_modules/@actions/' },
    },
    {
      name: 'disk-only-where-a-stage-meets-it',
      comment:
        'Files are read in documents/, config/find and load, policy/bundle, sources/, tenant/, and written in cli/output and by the commands in rules/ that make files.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot:
          '^src/(documents/|config/|policy/bundle[.]ts|sources/|tenant/(snapshot|spool)/|rules/|rules[.]ts|history/files[.]ts|cli/(main|output|lock)[.]ts|action/(main|files|paths|base)[.]ts)',
      },
      to: { path: '^(node:)?fs(/promises)?$' },
    },
    {
      name: 'network-only-where-it-is-used',
      comment:
        'Bundles are fetched in sources/remote, Graph is read in tenant/graph; nothing else ever opens a socket.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(sources/remote[.]ts$|tenant/graph/)' },
      to: {
        path: '^(node:)?(http|https)$|^(@azure/|@microsoft/microsoft-graph-client)|node_modules/@(azure|microsoft)/',
      },
    },
    {
      name: 'workers-only-around-policies',
      comment: 'Policies that are not ours run in a worker that policy/thread starts and ends.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/policy/(thread|worker)[.]ts$' },
      to: { path: '^(node:)?worker_threads$' },
    },
    {
      name: 'no-sockets',
      comment: 'Linting opens no raw socket.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(node:)?(net|http2|tls|dgram|dns|cluster)(/promises)?$' },
    },
    {
      name: 'processes-only-for-git',
      comment:
        'Nothing is started but git, in changes/run-git.ts, which keeps a repository from starting more.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/changes/run-git[.]ts$' },
      to: { path: '^(node:)?child_process$' },
    },
    {
      name: 'changes-only-where-they-are-asked-for',
      comment: 'What has changed is a value of a request: asking git belongs in cli/ and action/.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(changes|cli|action)/' },
      to: { path: '^src/changes/' },
    },
    {
      name: 'no-cycles',
      comment: 'Move what both need to a third file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'Nobody uses this file.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '[.]d[.]ts$|^src/(index|cli/main|action/main)[.]ts$' },
      to: {},
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.json'] },
  },
};
