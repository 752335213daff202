import { Ajv2020 } from 'ajv/dist/2020.js';
import { load } from 'js-yaml';

const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: text, minItems: 1 };
const flag = { type: 'boolean' };

/** https://pre-commit.com/#creating-new-hooks */
const HOOK_PROPERTIES = {
  id: text,
  name: text,
  entry: text,
  language: { enum: ['node', 'python', 'system', 'unsupported'] },
  description: text,
  files: { ...text, format: 'regex' },
  exclude: { ...text, format: 'regex' },
  types: texts,
  types_or: texts,
  always_run: flag,
  pass_filenames: flag,
  require_serial: flag,
  verbose: flag,
  args: texts,
  stages: texts,
  minimum_pre_commit_version: text,
};
const HOOK = {
  type: 'object',
  required: ['id', 'name', 'entry', 'language'],
  properties: HOOK_PROPERTIES,
  additionalProperties: false,
};

/** What `.pre-commit-hooks.yaml` may be. */
export const PRE_COMMIT_HOOKS = { type: 'array', minItems: 1, items: HOOK };

/** What `.pre-commit-config.yaml` may be (https://pre-commit.com/#adding-pre-commit-plugins-to-your-project). */
export const PRE_COMMIT_CONFIG = {
  type: 'object',
  required: ['repos'],
  properties: { repos: { type: 'array', minItems: 1, items: { oneOf: [localRepo(), otherRepo()] } } },
  additionalProperties: false,
};

function localRepo() {
  const properties = { ...HOOK_PROPERTIES, additional_dependencies: texts };
  return {
    type: 'object',
    required: ['repo', 'hooks'],
    properties: {
      repo: { const: 'local' },
      hooks: { type: 'array', minItems: 1, items: { ...HOOK, properties } },
    },
    additionalProperties: false,
  };
}

function otherRepo() {
  return {
    type: 'object',
    required: ['repo', 'rev', 'hooks'],
    properties: {
      repo: { type: 'string', pattern: '^https://' },
      rev: text,
      hooks: {
        type: 'array',
        minItems: 1,
        items: { type: 'object', required: ['id'], properties: HOOK_PROPERTIES, additionalProperties: false },
      },
    },
    additionalProperties: false,
  };
}

/** https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/steps: what every step may have. */
const STEP = {
  condition: text,
  continueOnError: flag,
  displayName: text,
  enabled: flag,
  env: { type: 'object' },
  name: text,
  timeoutInMinutes: { type: 'integer' },
};

/** Inputs of the tasks that pages use (https://learn.microsoft.com/azure/devops/pipelines/tasks/reference/). */
const TASKS = {
  'NodeTool@0': ['versionSpec', 'checkLatest', 'force32bit'],
  'PublishTestResults@2': [
    'testResultsFormat',
    'testResultsFiles',
    'searchFolder',
    'mergeTestResults',
    'failTaskOnFailedTests',
    'failTaskOnMissingResultsFile',
    'testRunTitle',
  ],
  'PublishPipelineArtifact@1': ['targetPath', 'artifact', 'publishLocation'],
};

const STEPS = [
  {
    type: 'object',
    required: ['checkout'],
    properties: {
      ...STEP,
      checkout: { enum: ['self', 'none'] },
      clean: flag,
      fetchDepth: { type: 'integer' },
      fetchTags: flag,
      persistCredentials: flag,
      submodules: {},
    },
    additionalProperties: false,
  },
  {
    type: 'object',
    required: ['script'],
    properties: { ...STEP, script: text, workingDirectory: text, failOnStderr: flag },
    additionalProperties: false,
  },
  ...Object.entries(TASKS).map(([task, inputs]) => ({
    type: 'object',
    required: ['task', 'inputs'],
    properties: {
      ...STEP,
      task: { const: task },
      inputs: {
        type: 'object',
        propertyNames: { enum: inputs },
        additionalProperties: { type: ['string', 'boolean', 'number'] },
      },
    },
    additionalProperties: false,
  })),
];

const branches = {
  type: 'object',
  properties: { include: texts, exclude: texts },
  additionalProperties: false,
};

/** What `azure-pipelines.yml` may be, as far as pages use it. */
export const AZURE_PIPELINES = {
  type: 'object',
  required: ['steps'],
  properties: {
    trigger: {
      oneOf: [
        { const: 'none' },
        {
          type: 'object',
          properties: { batch: flag, branches, paths: branches },
          additionalProperties: false,
        },
      ],
    },
    pool: {
      type: 'object',
      required: ['vmImage'],
      properties: { vmImage: text },
      additionalProperties: false,
    },
    steps: { type: 'array', minItems: 1, items: { oneOf: STEPS } },
  },
  additionalProperties: false,
};

/**
 * What is wrong with YAML that should be of a schema.
 * @param {object} schema
 * @param {string} yaml
 * @returns {readonly string[]}
 */
export function faultsOf(schema, yaml) {
  const validate = new Ajv2020({ allErrors: true, strict: false, formats: { regex: isPattern } }).compile(
    schema,
  );
  let value;
  try {
    value = load(yaml);
  } catch (error) {
    return [error.message];
  }
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const detail = params.additionalProperty ?? params.propertyName;
    return `${instancePath || '/'} ${message}${detail === undefined ? '' : ` (${detail})`}`;
  });
}

function isPattern(pattern) {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}
