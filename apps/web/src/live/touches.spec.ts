import { describe, expect, it } from '@jest/globals';
import { watchTouches } from './touches';

const stand = () => {
  const target = new EventTarget();
  let touches = 0;
  const stop = watchTouches(() => (touches += 1), target as unknown as Window);
  const move = (screenX: number, screenY: number) => target.dispatchEvent(Object.assign(new Event('pointermove'), { screenX, screenY }));
  return { target, stop, move, count: () => touches };
};

describe('watchTouches', () => {
  it.each(['pointerdown', 'keydown', 'wheel', 'click', 'input'])('takes %s for hands', (sign) => {
    const { target, stop, count } = stand();
    target.dispatchEvent(new Event(sign));
    expect(count()).toBe(1);
    stop();
    target.dispatchEvent(new Event(sign));
    expect(count()).toBe(1);
  });

  it('takes a pointer for hands when it moves, not when the page moves under it', () => {
    const { move, count } = stand();
    for (let i = 0; i < 3; i += 1) move(10, 10);
    expect(count()).toBe(0);
    move(11, 10);
    expect(count()).toBe(1);
    move(11, 10);
    expect(count()).toBe(1);
  });
});
