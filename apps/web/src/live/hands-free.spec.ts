import { afterEach, describe, expect, it } from '@jest/globals';
import { handsFree, setHands } from './hands-free';

afterEach(() => setHands(undefined));

describe('handsFree', () => {
  it('goes on at once where nobody watches', async () => {
    await handsFree();
  });

  it('waits for the hands, and for nothing once they are gone', async () => {
    const held: (() => void)[] = [];
    setHands({ whenFree: (run) => (held.push(run), () => undefined) });
    const said: string[] = [];
    const [one, two] = [handsFree().then(() => said.push('one')), handsFree().then(() => said.push('two'))];
    await Promise.resolve();
    expect(said).toEqual([]);
    held[0]?.();
    await one;
    expect(said).toEqual(['one']);
    setHands(undefined);
    await two;
    expect(said).toEqual(['one', 'two']);
  });
});
