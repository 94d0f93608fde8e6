// Runs Jest as every script here does: on the pinned Node, ESM switched on. Arguments are Jest's own.
//   node tools/jest.mjs --selectProjects domain
import { spawn } from 'node:child_process';
import { pinnedNode, root } from './lib/paths.mjs';

const child = spawn(
  pinnedNode,
  ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js', '--passWithNoTests', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
