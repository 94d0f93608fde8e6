import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { startThrowaway } from '@orderwatch/db/embedded';
import { ROOT } from '@orderwatch/rig';
import { ordeal, SEED } from './figures.js';

const MODEL = 'apps/server/src/features/remedies/remedies-model.spec.ts';
const RACES = 'apps/server/src/features/remedies/approvals/approval-races.spec.ts';

/** Runs the test where the use cases live: no other project reaches into the server. @returns its exit code. */
function run(spec: string, databaseUrl: string): Promise<number | null> {
  const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', join(ROOT, 'node_modules/jest/bin/jest.js'), '--runInBand', '--runTestsByPath', join(ROOT, spec)];
  return new Promise((resolve, reject) => {
    const env = { ...process.env, TEST_DATABASE_URL: databaseUrl, SEED, NODE_OPTIONS: '' };
    spawn(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit' }).once('error', reject).once('close', resolve);
  });
}

describe('remedies under the model', () => {
  ordeal('keep what is promised of them, ten thousand times', async () => {
    const database = await startThrowaway();
    try {
      expect(await run(MODEL, database.url)).toBe(0);
    } finally {
      await database.stop();
    }
  }, 'remedies-model');

  ordeal('are approved by the right people, in a thousand races', async () => {
    const database = await startThrowaway();
    try {
      expect(await run(RACES, database.url)).toBe(0);
    } finally {
      await database.stop();
    }
  }, 'remedies-model');
});
