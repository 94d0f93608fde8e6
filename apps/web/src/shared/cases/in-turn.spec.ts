import { beforeEach, describe, expect, it } from '@jest/globals';
import { inTurn } from './in-turn';

describe('acts of one person on one case', () => {
  let sent: { version: number; answer: (isDone: boolean) => void; fail: (error: Error) => void }[];
  beforeEach(() => {
    sent = [];
  });
  const act = (id: string, seen: number): Promise<boolean> =>
    inTurn(
      id,
      seen,
      (version) => {
        const { promise, resolve, reject } = Promise.withResolvers<boolean>();
        sent.push({ version, answer: resolve, fail: reject });
        return promise;
      },
      (isDone) => isDone,
    );
  const versions = (): number[] => sent.map(({ version }) => version);

  it('are sent at once when none is under way', () => {
    void act('a', 4);
    void act('b', 9);
    expect(versions()).toEqual([4, 9]);
  });

  it('wait for each other, and build on what the one before has made', async () => {
    const all = [act('c', 4), act('c', 4), act('c', 5)];
    expect(versions()).toEqual([4]);
    sent[0]?.answer(true);
    await all[0];
    expect(versions()).toEqual([4, 5]);
    sent[1]?.answer(true);
    await all[1];
    expect(versions()).toEqual([4, 5, 6]);
    sent[2]?.answer(true);
    await all[2];
    void act('c', 7);
    expect(versions()).toEqual([4, 5, 6, 7]);
  });

  it('go out with what was seen when that is newer, or when the one before came to nothing', async () => {
    const newer = [act('d', 4), act('d', 8)];
    sent[0]?.answer(true);
    await newer[0];
    expect(versions()).toEqual([4, 8]);
    const refused = [act('e', 4), act('e', 4), act('e', 4)];
    sent[2]?.answer(false);
    await refused[0];
    sent[3]?.fail(new Error('no network'));
    await expect(refused[1]).rejects.toThrow('no network');
    expect(versions()).toEqual([4, 8, 4, 4, 4]);
  });
});
