import { beforeEach, describe, expect, it } from '@jest/globals';
import { hashKey, InfiniteQueryObserver, QueryClient, type InfiniteData } from '@tanstack/react-query';
import { readMore } from './use-more';

interface Page {
  from: number;
  /** The state of the server that it was read from. */
  state: number;
}

const queryKey = ['list'];
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the next page of a list', () => {
  let client: QueryClient;
  let observer: InfiniteQueryObserver<Page, Error, InfiniteData<Page>, string[], number>;
  let state: number;
  let asked: { from: number; answer: () => void; fail: () => void }[];
  const pages = (): Page[] => client.getQueryData<InfiniteData<Page>>(queryKey)?.pages ?? [];
  const answer = async (): Promise<void> => {
    asked.shift()?.answer();
    await turn();
  };
  const more = async (): Promise<void> => {
    void readMore(client, hashKey(queryKey), () => observer.fetchNextPage());
    await turn();
  };

  beforeEach(async () => {
    client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false } } });
    state = 1;
    asked = [];
    observer = new InfiniteQueryObserver(client, {
      queryKey,
      queryFn: ({ pageParam, signal }) =>
        new Promise<Page>((resolve, reject) => {
          const read = { from: pageParam, state };
          const one = { from: pageParam, answer: () => resolve(read), fail: () => reject(new Error('away')) };
          asked.push(one);
          signal.addEventListener('abort', () => void asked.splice(asked.indexOf(one), 1));
        }),
      initialPageParam: 0,
      getNextPageParam: (page) => page.from + 100,
    });
    observer.subscribe(() => undefined);
    await turn();
    await answer();
  });

  it('is read at once when nothing else is', async () => {
    await more();
    expect(asked.map(({ from }) => from)).toEqual([100]);
    await answer();
    expect(pages().map(({ from }) => from)).toEqual([0, 100]);
  });

  it('waits for a reading that is under way, and takes no change from it', async () => {
    state = 2;
    void client.invalidateQueries({ queryKey });
    await turn();
    await more();
    expect(asked.map(({ from }) => from)).toEqual([0]);
    await answer();
    await answer();
    expect(pages()).toEqual([{ from: 0, state: 2 }, { from: 100, state: 2 }]);
  });

  it('is asked for again when a reading has taken its place', async () => {
    await more();
    state = 2;
    void client.invalidateQueries({ queryKey });
    await turn();
    expect(asked.map(({ from }) => from)).toEqual([0]);
    await answer();
    await answer();
    expect(pages()).toEqual([{ from: 0, state: 2 }, { from: 100, state: 2 }]);
  });

  it('is not asked for again when it cannot be read', async () => {
    await more();
    asked.shift()?.fail();
    await turn();
    expect(asked).toEqual([]);
    expect(pages()).toHaveLength(1);
  });
});
