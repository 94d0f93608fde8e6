import { describe, expect, it } from '@jest/globals';
import type { Present } from '@orderwatch/contract';
import { PresenceBoard, type Presence } from './presence-board.js';

const ORDER = '00000000-0000-5000-8000-000000000001';
const ana: Presence = { orderId: ORDER, personId: 'a', name: 'Ana', window: '1', state: 'viewing' };
const ben: Presence = { orderId: ORDER, personId: 'b', name: 'Ben', window: '2', state: 'viewing' };

function boardAt() {
  const told: Present['people'][] = [];
  const clock = { at: 0 };
  const board = new PresenceBoard(() => clock.at, ({ people }) => told.push(people));
  return { board, clock, told, last: () => told.at(-1)?.map((p) => `${p.name} ${p.state} ${p.doing ?? ''}`.trim()) };
}

describe('presence', () => {
  it('tells of who comes, acts and leaves, and of nothing that is as it was', () => {
    const { board, told, last } = boardAt();
    board.hear(ana);
    board.hear(ana);
    expect(told).toHaveLength(1);
    board.hear(ben);
    board.hear({ ...ben, state: 'acting', doing: 'refund' });
    expect(last()).toEqual(['Ben acting refund', 'Ana viewing']);
    board.hear({ ...ben, state: 'gone' });
    expect(last()).toEqual(['Ana viewing']);
    board.hear({ ...ana, state: 'gone' });
    expect(last()).toEqual([]);
    expect(board.all()).toEqual([]);
  });

  it('shows a person once, as in the window where they are most present', () => {
    const { board, last } = boardAt();
    board.hear({ ...ana, state: 'away' });
    board.hear({ ...ana, window: '3', state: 'acting', doing: 'note' });
    expect(last()).toEqual(['Ana acting note']);
    board.hear({ ...ana, window: '3', state: 'gone' });
    expect(last()).toEqual(['Ana away']);
  });

  it('forgets who falls silent', () => {
    const { board, clock, last } = boardAt();
    board.hear(ana);
    clock.at = 30_000;
    board.hear(ben);
    clock.at = 40_000;
    board.expire();
    expect(last()).toEqual(['Ben viewing']);
    clock.at = 70_000;
    board.expire();
    expect(last()).toEqual([]);
  });
});
