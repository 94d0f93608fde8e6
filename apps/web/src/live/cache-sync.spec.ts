import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Change } from '@orderwatch/contract';
import { InfiniteQueryObserver, MutationObserver, QueryClient, QueryObserver, type InfiniteData } from '@tanstack/react-query';
import { rememberMutation } from '../shared/api/own-mutations';
import { glance } from '../shared/glance';
import { queryKeys } from '../shared/query-keys';
import { CacheSync } from './cache-sync';
import { fakeClock, type FakeClock } from './testing/fake-clock';

interface Row {
  id: string;
  version: number;
  reason: string;
}
type Pages = InfiniteData<{ rows: Row[]; seq: string }>;

const change = (more: Partial<Change> = {}): Change => ({
  topic: 'queue', seq: '10.2', prev: '10.1', entity: 'case', id: 'a', version: 2, changed: ['reason'], at: '2026-11-20T09:00:00Z', cause: { actor: null, mutationId: null }, ...more,
});
const pages = (rows: Row[], seq = '10.1'): Pages => ({ pages: [{ rows, seq }], pageParams: [null] });

let clock: FakeClock;
let client: QueryClient;
let sync: CacheSync;
let reads: number;
const rows = (): Row[] => client.getQueryData<Pages>(queryKeys.queue)?.pages[0]?.rows ?? [];

beforeEach(async () => {
  clock = fakeClock();
  client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false } } });
  sync = new CacheSync(client, clock);
  reads = 0;
  const queryFn = (): Promise<Pages> => {
    reads += 1;
    return Promise.resolve(pages([{ id: 'a', version: 1, reason: 'old' }]));
  };
  new QueryObserver(client, { queryKey: queryKeys.queue, queryFn }).subscribe(() => undefined);
  await clock.pass(0);
  reads = 0;
});

describe('CacheSync', () => {
  it('changes cells at once by version, drops the older, and never inserts', () => {
    sync.apply(change({ patch: { reason: 'new' } }));
    expect(rows()).toEqual([{ id: 'a', version: 2, reason: 'new' }]);
    sync.apply(change({ version: 1, patch: { reason: 'older' } }));
    sync.apply(change({ id: 'b', patch: { reason: 'unknown row' } }));
    expect(rows().map((row) => row.reason)).toEqual(['new']);
  });

  it('keeps nothing of a case that nobody has opened', async () => {
    const invalidated: unknown[] = [];
    const { invalidateQueries } = client;
    client.invalidateQueries = (filters) => {
      invalidated.push(filters?.queryKey?.[0]);
      return invalidateQueries.call(client, filters);
    };
    sync.apply(change({ id: 'unknown' }));
    await clock.pass(0);
    expect(invalidated).toEqual(['queue']);
    client.setQueryData(queryKeys.order('opened'), {});
    sync.apply(change({ id: 'opened', seq: '10.3' }));
    await clock.pass(0);
    expect(invalidated).toContain('order');
  });

  it('reads a row that is only glanced at seldom, and one that is worked with as often as it changes', async () => {
    const asked = { left: 0, worked: 0 };
    const watch = (id: 'left' | 'worked', meta?: Record<string, unknown>): void =>
      void new QueryObserver(client, { queryKey: queryKeys.exceptionCase(id), queryFn: () => Promise.resolve(++asked[id]), meta }).subscribe(() => undefined);
    watch('left', glance);
    watch('worked');
    await clock.pass(0);
    for (let n = 2; n < 42; n += 1) {
      for (const id of ['left', 'worked']) sync.apply(change({ id, version: n, seq: `10.${n}` }));
      await clock.pass(250);
    }
    expect(asked).toEqual({ left: 2, worked: 22 });
  });

  it('forgets the pace of what is no longer cached', async () => {
    const kept = (): number => (sync as unknown as { coalescers: ReadonlyMap<string, unknown> }).coalescers.size;
    for (let n = 0; n < 1000; n += 1) {
      client.setQueryData(queryKeys.order(`o${n}`), {});
      sync.apply(change({ id: `o${n}`, seq: `10.${n + 2}` }));
      client.removeQueries({ queryKey: queryKeys.order(`o${n}`) });
    }
    await clock.pass(0);
    expect(kept()).toBeLessThanOrEqual(100);
  });

  it('reads the list once for a push and the same change in its order', async () => {
    sync.apply(change({ seq: undefined, prev: undefined }));
    sync.apply(change());
    await clock.pass(2000);
    expect(reads).toBe(1);
  });

  it('leaves the refresh to an act of its own that is still under way', async () => {
    const mutationId = rememberMutation('mine');
    let finish = (): void => undefined;
    const act = new MutationObserver(client, { mutationFn: () => new Promise<void>((resolve) => (finish = resolve)) }).mutate();
    sync.apply(change({ cause: { actor: 'me', mutationId } }));
    await clock.pass(2000);
    expect(reads).toBe(0);
    finish();
    await act;
    sync.apply(change({ seq: '10.3', cause: { actor: 'me', mutationId } }));
    await clock.pass(0);
    expect(reads).toBe(1);
  });

  it('reads again what was being read for the first time when the change came', async () => {
    const key = [...queryKeys.queue, 'slow'];
    const answers: ((data: Pages) => void)[] = [];
    new QueryObserver(client, { queryKey: key, queryFn: () => new Promise<Pages>((resolve) => answers.push(resolve)) }).subscribe(() => undefined);
    await clock.pass(0);
    sync.apply(change());
    await clock.pass(0);
    expect(answers).toHaveLength(1);
    answers[0]?.(pages([], '10.1'));
    await clock.pass(0);
    expect(answers).toHaveLength(2);
    answers[1]?.(pages([{ id: 'a', version: 2, reason: 'new' }], '10.2'));
    await clock.pass(0);
    expect(client.getQueryData<Pages>(key)?.pages[0]?.rows).toHaveLength(1);
    expect(answers).toHaveLength(2);
  });

  it('lets the next page of a list be read to its end, and reads again then', async () => {
    const key = [...queryKeys.queue, 'long'];
    const answers: ((page: { seq: string; rows: Row[] }) => void)[] = [];
    const observer = new InfiniteQueryObserver(client, { queryKey: key, queryFn: () => new Promise<{ seq: string; rows: Row[] }>((resolve) => answers.push(resolve)), initialPageParam: 0, getNextPageParam: () => 1 });
    observer.subscribe(() => undefined);
    const answer = async (n: number): Promise<void> => {
      answers[n]?.({ seq: '10.1', rows: [] });
      await clock.pass(0);
    };
    await answer(0);
    void observer.fetchNextPage();
    await clock.pass(0);
    sync.apply(change());
    await clock.pass(0);
    expect(answers).toHaveLength(2);
    await answer(1);
    expect(client.getQueryData<Pages>(key)?.pages).toHaveLength(2);
    expect(answers).toHaveLength(3);
  });

  it('reads again after joining only when the answer is older than the topic', async () => {
    sync.catchUp('queue', '10.1');
    await clock.pass(0);
    expect(reads).toBe(0);
    sync.catchUp('queue', '10.4');
    await clock.pass(0);
    expect(reads).toBe(1);
  });

  it('marks an older answer whose page is not drawn yet, so that it is read again when it is', async () => {
    const asked = [...queryKeys.queue, 'asked'];
    client.setQueryData(asked, pages([], '10.1'));
    client.setQueryData(queryKeys.queue, pages([], '10.4'));
    sync.catchUp('queue', '10.4');
    await clock.pass(0);
    expect(client.getQueryState(asked)?.isInvalidated).toBe(true);
  });

  it('knows whether what is shown was read after a gap', async () => {
    const gapAt = Date.now() + 1;
    expect(sync.isReadSince('queue', gapAt)).toBe(false);
    client.setQueryData(queryKeys.queue, pages([]), { updatedAt: gapAt });
    expect(sync.isReadSince('queue', gapAt)).toBe(true);
    expect(sync.isReadSince('health', gapAt)).toBe(true);
  });
});
