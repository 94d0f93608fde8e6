import nx from '@nx/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { featureFolders } from './tools/lib/feature-folders.mjs';

const TESTS = ['apps/chaos/src/**', '**/*.spec.ts', '**/*.spec.tsx', '**/testing/**', 'apps/*/test/**', 'apps/web/e2e/**'];
const TEST_PACKAGES = ['@jest/globals', 'fast-check'];

/** Who may import whom: the table of docs/ARCHITECTURE.md. `allowed` are all packages a project may use, `banned` the only ones it may not. */
const PROJECTS = {
  domain: { uses: [], allowed: [] },
  connectors: { uses: ['domain'], allowed: ['zod', 'lossless-json'] },
  contract: { uses: [], allowed: ['zod'] },
  db: { uses: ['domain'], allowed: ['typeorm', 'pg', '@nestjs/common', 'reflect-metadata'] },
  ui: { uses: [], allowed: ['react', 'react-dom', '@mantine/*', 'recharts', '@fontsource-variable/inter'] },
  server: { uses: ['domain', 'connectors', 'db', 'contract'], banned: ['typeorm', 'pg', '@nestjs/typeorm', 'react', 'react-dom', '@mantine/*', 'recharts'] },
  web: { uses: ['contract', 'ui'], banned: ['@nestjs/*', 'typeorm', 'pg', 'pg-boss', 'recharts', 'socket.io', 'fastify'] },
  rig: { uses: ['domain', 'connectors', 'db', 'contract'], banned: ['react', 'react-dom', '@mantine/*', 'recharts'] },
  bench: { uses: ['domain', 'connectors', 'db', 'contract', 'rig'], banned: ['react', 'react-dom', '@mantine/*', 'recharts'] },
  chaos: { uses: ['domain', 'connectors', 'db', 'contract', 'rig'], banned: ['react', 'react-dom', '@mantine/*', 'recharts'] },
  simulator: { uses: ['contract', 'connectors'], banned: ['typeorm', 'pg', 'pg-boss', '@nestjs/*', 'react', 'react-dom'] },
};

const externals = ({ allowed, banned }, extra) => {
  if (banned) return { bannedExternalImports: banned };
  const list = [...allowed, ...extra];
  return list.length ? { allowedExternalImports: list } : { bannedExternalImports: ['*'] };
};

const boundaries = (extra) => [
  'error',
  {
    enforceBuildableLibDependency: false,
    // tools/ loads libs/db while it runs, because it has just built it; that makes nobody else's import a lazy one.
    checkDynamicDependenciesExceptions: ['.*'],
    allow: [],
    depConstraints: Object.entries(PROJECTS).map(([name, project]) => ({
      sourceTag: `type:${name}`,
      onlyDependOnLibsWithTags: project.uses.length ? project.uses.map((used) => `type:${used}`) : ['type:none'],
      ...externals(project, extra),
    })),
  },
];

const processEnv = { object: 'process', property: 'env', message: 'Only config.ts reads the environment.' };

/** More than five arguments want an object; what a framework calls (injected constructors, decorated methods) is named by its decorators. */
const FEW_ARGUMENTS = ['FunctionDeclaration', "MethodDefinition[kind!='constructor'][decorators.length=0] > FunctionExpression", 'ArrowFunctionExpression'].map((kind) => ({
  selector: `${kind}[params.length>5]`,
  message: 'At most five arguments; take an object.',
}));

/** Each such object has a hidden class of its own in V8: old from the start, it keeps what the getter sees (docs/adr/0017). */
const GETTERS = { selector: "ObjectExpression > Property[kind='get'], ObjectExpression > Property[kind='set']", message: 'Accessors belong to classes.' };

/** Playwright takes a text for a part of a name, so another element that has it in its name makes a test fail now and then. */
const WHOLE_NAMES = {
  selector: "CallExpression[callee.property.name='getByRole'] > ObjectExpression:not(:has(> Property[key.name='exact'])) > Property[key.name='name'] > :matches(Literal:not([regex]), TemplateLiteral)",
  message: 'Say `exact: true`, or give a regular expression.',
};

/** Pure: the same facts give the same answer, whenever and wherever they are asked. */
const DOMAIN_PURITY = {
  'no-restricted-globals': ['error', ...['process', 'console', 'fetch', 'setTimeout', 'setInterval', 'setImmediate', 'performance'].map((name) => ({ name, message: 'The domain has no surroundings.' }))],
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: 'The domain is given `now`.' },
    { object: 'Math', property: 'random', message: 'The domain is not left to chance.' },
  ],
  'no-restricted-syntax': [
    'error',
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The domain is given `now`.' },
    { selector: "CallExpression[callee.name='Date']", message: 'The domain is given `now`.' },
    { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
    GETTERS,
    ...FEW_ARGUMENTS,
  ],
  'no-restricted-imports': ['error', { patterns: [{ regex: '^(?:node:(?!crypto$)|(?:fs|path|http|net|os|child_process)$)', message: 'The domain does no input or output.' }] }],
};

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', 'coverage/**', 'apps/web/src/gql/**', '.orderwatch*/**'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strict],
    languageOptions: { parserOptions: { project: ['./tsconfig.node.json', './tsconfig.browser.json'], tsconfigRootDir: import.meta.dirname } },
    plugins: { '@nx': nx, local: { rules: { 'feature-folders': featureFolders } } },
    rules: {
      '@nx/enforce-module-boundaries': boundaries([]),
      'local/feature-folders': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-dynamic-delete': 'off',
      'no-console': 'error',
      'max-lines': ['error', 400],
      'no-restricted-properties': ['error', processEnv],
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }, WHOLE_NAMES, GETTERS, ...FEW_ARGUMENTS],
    },
  },
  { files: ['libs/domain/src/**/*.ts'], rules: DOMAIN_PURITY },
  {
    files: ['apps/web/**/*.{ts,tsx}', 'libs/ui/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  { files: ['apps/server/src/cli/**/*.ts', 'apps/simulator/src/*.ts', 'apps/bench/src/**/*.ts'], rules: { 'no-console': 'off' } },
  { files: ['apps/*/src/config.ts', 'libs/db/src/embedded/**/*.ts', 'libs/rig/**/*.ts', 'apps/bench/**/*.ts', 'apps/chaos/**/*.ts', '**/vite.config.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['**/vite.config.ts'], rules: { 'no-restricted-syntax': 'off', '@nx/enforce-module-boundaries': 'off' } },
  {
    files: TESTS,
    rules: {
      '@nx/enforce-module-boundaries': boundaries(TEST_PACKAGES),
      'no-restricted-properties': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['**/*.mjs', '**/*.cjs'], languageOptions: { ecmaVersion: 2024 }, rules: { 'max-lines': ['error', 400], 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }] } },
);
