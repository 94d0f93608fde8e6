import { beforeEach, describe, expect, it } from '@jest/globals';
import { QueryClient, QueryObserver, type InfiniteData } from '@tanstack/react-query';
import { queryKeys } from '../shared/query-keys';
import { RowPatches, type RowPatch } from './row-patches';
import { fakeClock, type FakeClock } from './testing/fake-clock';

type Pages = InfiniteData<{ rows: RowPatch[] }>;

let clock: FakeClock;
let client: QueryClient;
let patches: RowPatches;
const reason = (id: string): unknown => client.getQueryData<Pages>(queryKeys.queue)?.pages[0]?.rows.find((row) => row.id === id)?.reason;

beforeEach(() => {
  clock = fakeClock();
  client = new QueryClient();
  patches = new RowPatches(client, clock);
  client.setQueryData<Pages>(queryKeys.queue, { pages: [{ rows: ['a', 'b'].map((id) => ({ id, version: 1, reason: 'old' })) }], pageParams: [null] });
});

describe('RowPatches', () => {
  it('shows the first at once, and what follows within a frame together', async () => {
    patches.add({ id: 'a', version: 2, reason: 'first' });
    expect(reason('a')).toBe('first');
    patches.add({ id: 'a', version: 3, reason: 'second' });
    patches.add({ id: 'b', version: 2, reason: 'other' });
    expect([reason('a'), reason('b')]).toEqual(['first', 'old']);
    await clock.pass(16);
    expect([reason('a'), reason('b')]).toEqual(['second', 'other']);
  });

  it('keeps the newest of a row, in whatever order they come', async () => {
    patches.add({ id: 'b', version: 2 });
    patches.add({ id: 'a', version: 5, reason: 'newest' });
    patches.add({ id: 'a', version: 4, reason: 'older' });
    await clock.pass(16);
    expect(reason('a')).toBe('newest');
  });

  it('tells whoever looks once per frame, however many rows change', async () => {
    let told = 0;
    new QueryObserver(client, { queryKey: queryKeys.queue, staleTime: Number.POSITIVE_INFINITY }).subscribe(() => (told += 1));
    for (let version = 2; version < 202; version += 1) {
      patches.add({ id: version % 2 ? 'a' : 'b', version, reason: `news ${version}` });
      await clock.pass(5);
    }
    await clock.pass(16);
    await new Promise((done) => setTimeout(done));
    expect(told).toBeLessThanOrEqual(2 * Math.ceil((200 * 5) / 16) + 2);
    expect([reason('a'), reason('b')]).toEqual(['news 201', 'news 200']);
  });

  it('draws less often while drawing takes long, and as often as before once it does not', async () => {
    patches.add({ id: 'a', version: 2, reason: 'first' });
    // The drawing held the page for so long.
    clock.sleep(20);
    await clock.pass(0);
    patches.add({ id: 'a', version: 3, reason: 'second' });
    await clock.pass(39);
    expect(reason('a')).toBe('first');
    await clock.pass(1);
    expect(reason('a')).toBe('second');
    await clock.pass(16);
    patches.add({ id: 'a', version: 4, reason: 'third' });
    expect(reason('a')).toBe('third');
  });

  it('lets a key be answered first', async () => {
    const held: (() => void)[] = [];
    patches = new RowPatches(client, clock, { whenFree: (run) => (held.push(run), () => held.splice(held.indexOf(run), 1)) });
    patches.add({ id: 'a', version: 2, reason: 'first' });
    patches.add({ id: 'b', version: 2, reason: 'other' });
    expect([held.length, reason('a')]).toEqual([1, 'old']);
    held[0]?.();
    expect([reason('a'), reason('b')]).toEqual(['first', 'other']);
    patches.add({ id: 'a', version: 3, reason: 'late' });
    await clock.pass(16);
    patches.stop();
    expect([held.length, reason('a')]).toEqual([1, 'first']);
  });

  it('puts nothing into the lists once stopped', async () => {
    patches.add({ id: 'a', version: 2, reason: 'first' });
    patches.add({ id: 'a', version: 3, reason: 'late' });
    patches.stop();
    await clock.pass(100);
    expect(reason('a')).toBe('first');
  });
});
