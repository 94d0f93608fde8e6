import { randomBytes } from 'node:crypto';
import type { Worker } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Sealer } from './sealing.js';

const sealer = new Sealer('a master secret of a test');
/** About the sizes at which bodies are deflated or inflated in another way. */
const SIZES = [0, 1, 63, 64, 1_024, 4_096, 8_192, 65_536].flatMap((size) => [size, size + 1]);
const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 20_000 }).map((bytes) => Buffer.from(bytes)),
  fc.tuple(fc.constantFrom(...SIZES), fc.string({ minLength: 1 })).map(([size, text]) => Buffer.alloc(size, text)),
);

describe('sealed bodies', () => {
  it('are opened to what they were, whether or not their size is known, or known wrongly', () => {
    fc.assert(fc.property(bodies, fc.nat(10_000), (body, wrong) => {
      const sealed = sealer.sealBody(body);
      for (const size of [undefined, body.length, wrong]) expect(sealer.openBody(sealed, size).equals(body)).toBe(true);
    }));
  });

  it('are not opened with another key, nor when a bit of them was turned', () => {
    const sealed = sealer.sealBody(Buffer.from('a body'));
    expect(() => new Sealer('another secret of a test').openBody(sealed)).toThrow();
    fc.assert(fc.property(fc.nat(sealed.length - 1), fc.nat(7), (at, bit) => {
      const turned = Buffer.from(sealed);
      turned[at] = (turned[at] ?? 0) ^ (1 << bit);
      expect(() => sealer.openBody(turned)).toThrow();
    }));
  });

  /** Some batches are handed to the other thread, some are not worth it. */
  const batches = fc.array(fc.oneof(bodies, fc.nat(20_000).map((size) => Buffer.alloc(size, 'x'))), { maxLength: 6 });

  it('are the same by the batch, in their order, whichever thread does it', async () => {
    await fc.assert(fc.asyncProperty(batches, async (batch) => {
      const sealed = await sealer.sealBodies(batch);
      const opened = await sealer.openBodies(sealed.map((one, i) => ({ sealed: one, size: batch[i]?.length ?? 0 })));
      expect(batch.map((body, i) => [body.equals(sealer.openBody(sealed[i] as Buffer)), body.equals(opened[i]?.body as Buffer), opened[i]?.unreadable])).toEqual(batch.map(() => [true, true, undefined]));
    }));
  });

  it.each([[3, 'on this thread'], [300, 'on the other one']])('that cannot be opened do not fail the others (%d of them, %s)', async (count) => {
    const batch = Array.from({ length: count }, (_, i) => randomBytes(100 + i));
    const sealed = batch.map((body) => sealer.sealBody(body));
    const broken = sealed.map((one, i) => (i === 1 ? Buffer.from(one).fill(0, 30, 34) : one));
    const opened = await sealer.openBodies(broken.map((one) => ({ sealed: one })));
    expect(opened[1]).toEqual({ body: Buffer.alloc(0), unreadable: expect.stringMatching(/./) });
    expect(opened.filter((_, i) => i !== 1)).toEqual(batch.filter((_, i) => i !== 1).map((body) => ({ body })));
  });

  const batch = Array.from({ length: 50 }, () => randomBytes(4_096));
  const workerOf = (mine: Sealer): Worker | undefined => (mine as unknown as { readonly thread: { readonly worker?: Worker } }).thread.worker;

  it('are sealed here when there can be no thread, which is not tried again with every batch', async () => {
    const mine = new Sealer('a master secret of a test');
    const sealing = mine.sealBodies(batch);
    await workerOf(mine)?.terminate();
    for (const sealed of [await sealing, await mine.sealBodies(batch)]) expect(sealed.map((one) => sealer.openBody(one))).toEqual(batch);
    expect(workerOf(mine)).toBeUndefined();
  });

  it('are sealed and opened all the same when the thread dies over them, and another one is started', async () => {
    const mine = new Sealer('a master secret of a test');
    await mine.sealBodies(batch);
    const first = workerOf(mine);
    const sealing = mine.sealBodies(batch);
    await first?.terminate();
    const sealed = await sealing;
    expect(sealed.map((one) => sealer.openBody(one))).toEqual(batch);
    await mine.sealBodies(batch);
    expect([workerOf(mine) !== undefined, workerOf(mine) === first]).toEqual([true, false]);
    const opening = mine.openBodies(sealed.map((one) => ({ sealed: one })));
    await workerOf(mine)?.terminate();
    expect(await opening).toEqual(batch.map((body) => ({ body })));
  });
});
