import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ShiftedClock } from './clock.js';

const folder = mkdtempSync(join(tmpdir(), 'orderwatch-clock-'));
const program = join(folder, 'clocks.mjs');
const HOUR = 3_600_000;
const clock = new ShiftedClock(join(folder, 'offset'), 'Europe/Berlin');
let child: ChildProcess;

interface Clocks {
  readonly now: number;
  readonly fresh: number;
  readonly text: string;
  readonly given: string;
  readonly local: string;
  readonly isDate: boolean;
  readonly isMade: boolean;
}

beforeAll(() => {
  writeFileSync(program, `process.on('message', () => { const d = new Date(); process.send({ now: Date.now(), fresh: +d, text: Date(), given: new Date(0).toISOString(), local: new Date(2026, 2, 29, 12).toISOString(), isDate: d instanceof Date, isMade: d.constructor === Date }); });`);
  child = fork(program, { execArgv: clock.preload.flatMap((file) => ['--import', file]), env: { ...process.env, ...clock.env } });
});

afterAll(() => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function clocks(): Promise<Clocks> {
  child.send('which time is it');
  const [answer] = (await once(child, 'message')) as [Clocks];
  return answer;
}

/** What its clocks say once it has heard of the shift, which may be between two of them. */
async function until(offset: number): Promise<Clocks> {
  for (;;) {
    const answer = await clocks();
    if (Math.abs(answer.now - Date.now() - offset) < 60_000) return clocks();
  }
}

describe('a shifted clock', () => {
  it.each([HOUR, -36 * HOUR, 0, 36 * HOUR])('is off by %i ms, wherever it is read', async (offset) => {
    clock.shift(offset);
    const { now, fresh, text, given, isDate, isMade, local } = await until(offset);
    expect(Math.abs(fresh - now)).toBeLessThan(60_000);
    expect(Math.abs(Date.parse(text) - now)).toBeLessThan(60_000);
    expect({ given, isDate, isMade }).toEqual({ given: '1970-01-01T00:00:00.000Z', isDate: true, isMade: true });
    expect(local).toBe('2026-03-29T10:00:00.000Z');
  });
});
