import { describe, expect, it } from '@jest/globals';
import { SharedReads } from './shared-reads.js';

describe('shared reads', () => {
  const open: PromiseWithResolvers<number>[] = [];
  const work = (): Promise<number> => {
    const read = Promise.withResolvers<number>();
    open.push(read);
    return read.promise;
  };

  it('gives all who came during a read the next one, never the one that began before they asked', async () => {
    const reads = new SharedReads();
    const first = reads.read('a', work);
    const [second, third] = [reads.read('a', work), reads.read('a', work)];
    expect(open).toHaveLength(1);
    open[0]?.resolve(1);
    expect(await first).toBe(1);
    expect(open).toHaveLength(2);
    const fourth = reads.read('a', work);
    open[1]?.resolve(2);
    expect(await Promise.all([second, third])).toEqual([2, 2]);
    expect(open).toHaveLength(3);
    open[2]?.resolve(3);
    expect(await fourth).toBe(3);
  });

  it('keeps keys apart, and a failure to those who shared it', async () => {
    const reads = new SharedReads();
    const failing = reads.read('a', () => Promise.reject(new Error('no')));
    const after = reads.read('a', () => Promise.resolve(5));
    expect(await reads.read('b', () => Promise.resolve(7))).toBe(7);
    await expect(failing).rejects.toThrow('no');
    expect(await after).toBe(5);
    expect(await reads.read('a', () => Promise.resolve(6))).toBe(6);
  });
});
