import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { it } from '@jest/globals';
import { ROOT } from '@orderwatch/rig';

export const isFull = process.env['ORDERWATCH_CHAOS'] === 'full';

/** What all chance of this run comes from. */
export const SEED = process.env['SEED'] ?? randomBytes(6).toString('hex');

/** How much a test does: the full figure under `npm run chaos`, the smaller one under `npm test`; REPEAT overrides both. */
export function figure({ full, test }: { readonly full: number; readonly test: number }): number {
  return Number(process.env['REPEAT'] ?? (isFull ? full : test));
}

const HOUR = 3_600_000;

/** Where Git is missing, or trusts the folder of another user not, the test's own error must still be told. */
function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'unknown';
  }
}

/**
 * A test that does its worst. When it fails it prints the command that does the same again, alone: seed, commit, and what else
 * the test put into `replay` (a fault point, a round).
 */
export function ordeal(name: string, work: (replay: Record<string, string>) => Promise<void>, file: string): void {
  it(name, async () => {
    const replay: Record<string, string> = {};
    try {
      await work(replay);
    } catch (error) {
      const variables = Object.entries({ SEED, COMMIT: commit(), ...replay }).map(([key, value]) => `${key}=${value}`).join(' ');
      process.stderr.write(`\n${name}\n  again: ${variables} npm run chaos -- ${file}\n`);
      throw error;
    }
  }, isFull ? 2 * HOUR : HOUR / 4);
}
