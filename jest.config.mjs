import { join } from 'node:path';

const root = import.meta.dirname;
const swc = {
  target: 'es2024',
  transform: { legacyDecorator: true, decoratorMetadata: true, verbatimModuleSyntax: true, react: { runtime: 'automatic' } },
  experimental: { keepImportAttributes: true },
};
const parser = { syntax: 'typescript', decorators: true };

/** One Jest project per Nx project, so that `nx test <x>` and `npm test` run the very same thing. */
const project = (name, folder, more = {}) => ({
  displayName: name,
  rootDir: join(root, folder),
  testEnvironment: 'node',
  testMatch: ['**/*.spec.{ts,tsx,mjs}'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '\\.e2e\\.spec\\.'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'tsx', 'json', 'node'],
  resolver: join(root, 'tools/lib/jest-resolver.cjs'),
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { ...swc, parser }, module: { type: 'es6' }, sourceMaps: 'inline' }],
    '^.+\\.tsx$': ['@swc/jest', { jsc: { ...swc, parser: { ...parser, tsx: true } }, module: { type: 'es6' }, sourceMaps: 'inline' }],
  },
  moduleNameMapper: {
    '\\.(css|svg|woff2)$': join(root, 'tools/lib/empty-module.cjs'),
    '^@orderwatch/([a-z]+)$': join(root, 'libs/$1/src/index.ts'),
    '^@orderwatch/([a-z]+)/([a-z]+)$': join(root, 'libs/$1/src/$2/index.ts'),
  },
  ...more,
});

const e2e = { testMatch: ['**/*.e2e.spec.{ts,tsx}'], testPathIgnorePatterns: ['/node_modules/', '/dist/'] };

export default {
  projects: [
    project('domain', 'libs/domain'),
    project('connectors', 'libs/connectors'),
    project('contract', 'libs/contract'),
    project('db', 'libs/db'),
    project('ui', 'libs/ui'),
    project('server', 'apps/server'),
    project('simulator', 'apps/simulator'),
    project('web', 'apps/web'),
    project('rig', 'libs/rig'),
    project('bench', 'apps/bench'),
    project('chaos', 'apps/chaos'),
    project('tools', 'tools'),
    project('e2e', 'apps', e2e),
  ],
  maxWorkers: 2,
  testSequencer: join(root, 'tools/lib/jest-sequencer.mjs'),
  testTimeout: 120_000,
};
