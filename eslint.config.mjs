import tseslint from 'typescript-eslint';

const onlyIn = (where) => `Allowed only in ${where}; see docs/architecture.md, "Effects".`;

const ofTheProcess = ['process', 'console'].map((name) => ({ name, message: onlyIn('src/cli/main.ts') }));

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      'action/',
      'coverage/',
      'node_modules/',
      'schemas/generated/',
      'frameworks/generated/',
      'policies/bundle/',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-param-reassign': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/cli/main.ts', 'src/action/main.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...ofTheProcess,
        { name: 'fetch', message: onlyIn('src/tenant/graph/') },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: onlyIn('src/cli/main.ts') },
        { object: 'Math', property: 'random', message: 'Nothing here is random.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: onlyIn('src/cli/main.ts'),
        },
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        {
          selector: 'CallExpression[callee.property.name="localeCompare"]',
          message: 'Compare by code point.',
        },
      ],
    },
  },
  { files: ['src/tenant/graph/**/*.ts'], rules: { 'no-restricted-globals': ['error', ...ofTheProcess] } },
  { files: ['**/*.d.ts'], rules: { '@typescript-eslint/no-extraneous-class': 'off' } },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts', 'vitest.config.ts'],
    rules: {
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
