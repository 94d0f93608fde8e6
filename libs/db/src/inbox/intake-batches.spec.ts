import { describe, expect, it } from '@jest/globals';
import { Sealer } from '../sealing.js';
import { Transactions } from '../transactions.js';
import { Intake } from './intake.js';

/** Writes nothing, and answers when it is told to: what is looked at is only who is written together. */
class Gate extends Transactions {
  /** Rows of each batch, in the order in which they began. */
  readonly batches: number[] = [];
  private readonly open: (() => void)[] = [];
  private heard: (() => void) | undefined;

  constructor() {
    super(undefined as never);
  }

  /** The first parameter is the array of the deliveries' numbers, in binary: its length stands behind four other words. */
  override prepared<T>(_sql: string, [numbers]: readonly unknown[] = []): Promise<T[]> {
    const rows = (numbers as Buffer).readInt32BE(12);
    this.batches.push(rows);
    this.heard?.();
    return new Promise((resolve) => this.open.push(() => resolve(Array.from({ length: rows }, (_, ord) => ({ ord, id: '1', is_new: true, is_reused: false }) as T))));
  }

  /** Answers the oldest batch that is under way. */
  end(): void {
    this.open.shift()?.();
  }

  /** Resolves when that many batches have begun. */
  async begun(count: number): Promise<readonly number[]> {
    while (this.batches.length < count) await new Promise<void>((resolve) => (this.heard = resolve));
    return this.batches;
  }
}

function setUp() {
  const gate = new Gate();
  const intake = new Intake(gate, new Sealer('a master secret of a test'));
  let sent = 0;
  const call = (count: number) => Promise.all(Array.from({ length: count }, () => {
    sent += 1;
    return intake.accept([{ connection: 'shop', topic: 'orders/create', headers: {}, body: Buffer.from('{}'), keys: [String(sent)] }]);
  }));
  return { gate, call };
}

/** Nothing here waits for anything outside: a batch that never begins is told soon. Milliseconds. */
const SOON = 10_000;

describe('the batches of an intake', () => {
  it('are begun at once by whoever is alone', async () => {
    const { gate, call } = setUp();
    for (let i = 1; i <= 3; i += 1) {
      const answered = call(1);
      expect(await gate.begun(i)).toEqual(Array.from({ length: i }, () => 1));
      gate.end();
      await answered;
    }
  }, SOON);

  /** Nobody knows yet how many there are. */
  async function first(gate: Gate, call: (count: number) => Promise<unknown>): Promise<void> {
    const answered = call(8);
    expect(await gate.begun(2)).toEqual([1, 1]);
    gate.end();
    expect(await gate.begun(3)).toEqual([1, 1, 6]);
    gate.end();
    gate.end();
    await answered;
  }

  it('become two halves of all who call, and stay so while they come again', async () => {
    const { gate, call } = setUp();
    await first(gate, call);
    for (let round = 1; round <= 3; round += 1) {
      const answered = call(8);
      expect((await gate.begun(3 + 2 * round)).slice(3)).toEqual(Array.from({ length: 2 * round }, () => 4));
      gate.end();
      gate.end();
      await answered;
    }
  }, SOON);

  it('are not held for those who do not come again', async () => {
    const { gate, call } = setUp();
    await first(gate, call);
    const alone = call(1);
    expect((await gate.begun(4)).at(-1)).toBe(1);
    gate.end();
    await alone;
  }, SOON);
});
