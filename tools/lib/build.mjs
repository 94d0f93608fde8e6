import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pinnedNode, root } from './paths.mjs';
import { PlainError, say, seconds } from './say.mjs';

const compiled = (folder) => ({ folder, inputs: [join(folder, 'src')], run: compile });

/** In the order of their dependencies, although nothing here needs it: types are erased, not resolved. */
export const projects = {
  domain: compiled('libs/domain'),
  contract: compiled('libs/contract'),
  connectors: compiled('libs/connectors'),
  db: compiled('libs/db'),
  server: compiled('apps/server'),
  simulator: compiled('apps/simulator'),
  rig: compiled('libs/rig'),
  bench: compiled('apps/bench'),
  chaos: compiled('apps/chaos'),
  web: {
    folder: 'apps/web',
    inputs: ['apps/web/src', 'apps/web/public', 'apps/web/index.html', 'apps/web/vite.config.ts', 'libs/ui/src', 'libs/contract/src', 'package-lock.json'],
    run: bundle,
  },
};

const isSpec = (file) => /\.(spec|d)\.tsx?$/.test(file);

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !isSpec(file))
    .sort();
}

/** Changes when a file is added, removed, or touched; the build's own code counts as an input. */
function fingerprint(project) {
  const hash = createHash('sha256');
  for (const file of [...project.inputs.map((path) => join(root, path)).flatMap(filesUnder), join(root, 'tools/lib/build.mjs')]) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(root, file)}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

const stampOf = (name) => join(root, 'node_modules/.cache/orderwatch', `${name}.stamp`);

export function isStale(name) {
  const { folder } = projects[name];
  if (!existsSync(join(root, folder, 'dist'))) return true;
  try {
    return readFileSync(stampOf(name), 'utf8') !== fingerprint(projects[name]);
  } catch {
    return true;
  }
}

const options = (source, target) => ({
  swcrc: false,
  configFile: false,
  filename: source,
  sourceMaps: true,
  sourceFileName: relative(dirname(target), source),
  module: { type: 'es6' },
  jsc: {
    target: 'es2024',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, verbatimModuleSyntax: true },
    experimental: { keepImportAttributes: true },
  },
});

async function compileFile(swc, source, target) {
  await mkdir(dirname(target), { recursive: true });
  if (!source.endsWith('.ts')) return copyFile(source, target);
  const { code, map } = await swc.transformFile(source, options(source, target));
  const name = target.slice(target.lastIndexOf('/') + 1);
  await Promise.all([writeFile(target, `${code}\n//# sourceMappingURL=${name}.map\n`), writeFile(`${target}.map`, map)]);
}

async function compile({ folder }) {
  const swc = await import('@swc/core');
  const from = join(root, folder, 'src');
  const to = join(root, folder, 'dist');
  const sources = filesUnder(from);
  const targets = sources.map((source) => join(to, relative(from, source).replace(/\.ts$/, '.js')));
  const wanted = new Set(targets.flatMap((target) => [target, `${target}.map`]));
  mkdirSync(to, { recursive: true });
  for (const file of filesUnder(to)) if (!wanted.has(file)) rmSync(file);
  await Promise.all(sources.map((source, index) => compileFile(swc, source, targets[index])));
}

function bundle({ folder }) {
  const args = ['--import', join(root, 'tools/lib/with-parent.mjs'), join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn', '--emptyOutDir'];
  return new Promise((resolve, reject) => {
    const child = spawn(pinnedNode, args, { cwd: join(root, folder), env: { ...process.env, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new PlainError(`The web build failed:\n${output}`))));
  });
}

/** Builds the stale ones among the named projects (all, when none is named), and tells which. Silent when there is nothing to do. */
export async function build({ names = [], force = false } = {}) {
  for (const name of names) if (!projects[name]) throw new PlainError(`No project "${name}" to build; there are ${Object.keys(projects).join(', ')}.`);
  const stale = (names.length ? names : Object.keys(projects)).filter((name) => force || isStale(name));
  if (stale.length === 0) return [];
  const since = Date.now();
  say(`Building ${stale.join(', ')} …`);
  await Promise.all(
    stale.map(async (name) => {
      const before = fingerprint(projects[name]);
      rmSync(stampOf(name), { force: true });
      await projects[name].run(projects[name]);
      mkdirSync(dirname(stampOf(name)), { recursive: true });
      writeFileSync(stampOf(name), before);
    }),
  );
  say(`  done in ${seconds(since)}`);
  return stale;
}
