import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { startThrowaway } from '@orderwatch/db/embedded';
import { ROOT } from '@orderwatch/rig';
import { isFull, ordeal } from './figures.js';
import { SourceCopy } from './mutants-copy.js';
import { type Invariant, MUTANTS, type Mutant } from './mutants/index.js';

const LANES = 2;
const ENOUGH = 0.95;
/** One test file with all its tests, on a machine that has other work as well. */
const SOUND_WITHIN_MS = 600_000;
const INVARIANTS: readonly Invariant[] = ['accepted survives', 'state of the set', 'once', 'announced when committed', 'nothing dropped', 'never backwards', 'silence is not health', 'role matrix', 'history', 'cost'];

/** Those of this run; MUTANT names one, or a part of its name. */
function chosen(): Mutant[] {
  const named = process.env['MUTANT'];
  if (named !== undefined) return MUTANTS.filter(({ id }) => id.includes(named));
  return MUTANTS.filter(({ isFast }) => isFull || isFast);
}

/** Runs every test file, each in one of the copies. @returns what is wrong with them before anything was broken. */
async function unsound(copies: readonly SourceCopy[], specs: readonly string[], databaseUrl: string): Promise<string[]> {
  const wrong: string[] = [];
  const queue = specs.values();
  await Promise.all(copies.map(async (copy) => {
    for (const spec of queue) {
      const { failed, broken, output } = await copy.test([spec], databaseUrl, SOUND_WITHIN_MS);
      if (failed > 0 || broken.length > 0) wrong.push(`${spec}: ${failed} failed: ${broken.join('\n')}\n${output}`);
    }
  }));
  return wrong;
}

/** Tries every mutant in the copy. @returns those that no test noticed. */
async function tryAll(copies: readonly SourceCopy[], mutants: readonly Mutant[], databaseUrl: string): Promise<string[]> {
  const survivors: string[] = [];
  const queue = mutants.values();
  await Promise.all(copies.map(async (copy) => {
    for (const mutant of queue) {
      const { failed, broken } = await copy.with(mutant, () => copy.test(mutant.killedBy, databaseUrl));
      // A file that does not even load would be "noticed" by anything.
      if (broken.length > 0) throw new Error(`mutant "${mutant.id}" is no bug but a breakage: ${broken[0]}`);
      if (failed === 0) survivors.push(`${mutant.id} (${mutant.invariant}): ${mutant.file}`);
    }
  }));
  return survivors;
}

describe('deliberate bugs', () => {
  it('touch every invariant, each under its own name', () => {
    expect(INVARIANTS.filter((invariant) => !MUTANTS.some((mutant) => mutant.invariant === invariant && mutant.isFast))).toEqual([]);
    expect(new Set(MUTANTS.map(({ id }) => id)).size).toBe(MUTANTS.length);
  });

  it('each stand where the source says what they break', () => {
    const missing = MUTANTS.filter(({ file, find }) => readFileSync(join(ROOT, file), 'utf8').split(find).length !== 2);
    expect(missing.map(({ id, file }) => `${id}: ${file}`)).toEqual([]);
    expect(MUTANTS.flatMap(({ killedBy }) => killedBy).filter((spec) => !existsSync(join(ROOT, spec)))).toEqual([]);
  });

  ordeal('are noticed by the tests that watch over what they break', async (replay) => {
    const mutants = chosen();
    const database = await startThrowaway();
    const copies: SourceCopy[] = [];
    try {
      for (let lane = 0; lane < LANES; lane += 1) copies.push(SourceCopy.make());
      const [first] = copies;
      const specs = [...new Set(mutants.flatMap(({ killedBy }) => killedBy))];
      expect(specs.filter((spec) => !first?.has(spec))).toEqual([]);
      // A test that fails anyway notices nothing. In `npm test` all of them have just been run, on the same sources.
      if (isFull || process.env['MUTANT']) expect(await unsound(copies, specs, database.url)).toEqual([]);
      const survivors = await tryAll(copies, mutants, database.url);
      if (survivors[0]) replay['MUTANT'] = JSON.stringify(survivors[0].replace(/ \(.*/, ''));
      process.stdout.write(`deliberate bugs: ${mutants.length - survivors.length} of ${mutants.length} noticed${survivors.map((one) => `\n  not noticed: ${one}`).join('')}\n`);
      expect(survivors.length <= mutants.length * (1 - ENOUGH) ? [] : survivors).toEqual([]);
    } finally {
      for (const copy of copies) await copy.remove();
      await database.stop();
    }
  }, 'mutants');
});
