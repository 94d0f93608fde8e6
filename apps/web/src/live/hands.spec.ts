import { describe, expect, it } from '@jest/globals';
import { watchHands } from './hands';
import { fakeClock } from './testing/fake-clock';

const stand = () => {
  const clock = fakeClock();
  const target = new EventTarget();
  const frames: (() => void)[] = [];
  const hands = watchHands(clock, target as unknown as Window, (run) => frames.push(run));
  const said: string[] = [];
  return { clock, frames, hands, said, press: () => target.dispatchEvent(new Event('keydown')), wait: (name: string) => hands.whenFree(() => said.push(name)) };
};

describe('watchHands', () => {
  it('holds back what comes between a key and its frame, in its order', () => {
    const { frames, said, press, wait } = stand();
    wait('before');
    press();
    wait('one');
    wait('two');
    expect(said).toEqual(['before']);
    frames[0]?.();
    expect(said).toEqual(['before', 'one', 'two']);
  });

  it('waits for the frame of the last key', () => {
    const { frames, said, press, wait } = stand();
    press();
    press();
    wait('one');
    frames[0]?.();
    expect(said).toEqual([]);
    frames[1]?.();
    expect(said).toEqual(['one']);
  });

  it('holds nothing back for long, whether or not anything is drawn', async () => {
    const { clock, said, press, wait } = stand();
    press();
    wait('one');
    await clock.pass(79);
    press();
    expect(said).toEqual([]);
    await clock.pass(1);
    expect(said).toEqual(['one']);
  });

  it('forgets what is taken back, and everything once stopped', () => {
    const { frames, hands, said, press, wait } = stand();
    press();
    wait('one')();
    wait('two');
    hands.stop();
    frames[0]?.();
    press();
    wait('after');
    expect(said).toEqual(['after']);
  });
});
