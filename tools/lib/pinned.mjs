import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { whenNpmIsGone } from './liveness.mjs';
import { pinnedNode, root } from './paths.mjs';

export const isPinned = () => realpathSync(process.execPath) === realpathSync(pinnedNode);

/**
 * Goes on with the given script on the pinned Node, in the foreground, and ends as it ends. Signals are passed on;
 * the channel lets the child notice when this process is killed without a word.
 */
export function continueOnPinned(script, args, env = process.env) {
  const child = spawn(pinnedNode, ['--enable-source-maps', '--import', join(root, 'tools/lib/with-parent.mjs'), script, ...args], { cwd: root, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  whenNpmIsGone(() => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)));
}
