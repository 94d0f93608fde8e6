import { beforeEach, describe, expect, it } from '@jest/globals';
import { onPeopleAt, peopleAt, showPresent } from './presence';
import { fakeClock, type FakeClock } from './testing/fake-clock';
import { Whereabouts } from './whereabouts';

const ORDER = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const ana = { id: 'a', name: 'Ana Novak', state: 'viewing', doing: null } as const;

describe('Whereabouts', () => {
  let clock: FakeClock;
  let said: string[];
  let here: Whereabouts;
  beforeEach(() => {
    clock = fakeClock();
    said = [];
    here = new Whereabouts(ORDER, ({ state, doing }) => said.push(doing ? `${state} ${doing}` : state), clock);
  });

  it('says nothing of an order that was only walked by', async () => {
    await clock.pass(300);
    here.stop();
    await clock.pass(60_000);
    expect(said).toEqual([]);
  });

  it('says each change at once, and itself again before the others forget', async () => {
    await clock.pass(500);
    here.change('note', false);
    here.change('note', false);
    await clock.pass(15_000);
    here.change(null, true);
    here.stop();
    await clock.pass(60_000);
    expect(said).toEqual(['viewing', 'acting note', 'acting note', 'away', 'gone']);
  });

  it('does not wait to say that a form is open', () => {
    here.change('snooze', false);
    expect(said).toEqual(['acting snooze']);
  });
});

describe('who is at an order', () => {
  beforeEach(() => showPresent(undefined));

  it('calls only those who look at that order', () => {
    const calls: string[] = [];
    const stops = [onPeopleAt(ORDER, () => calls.push('order')), onPeopleAt(OTHER, () => calls.push('other'))];
    showPresent({ orderId: ORDER, people: [ana] });
    expect([calls, peopleAt(ORDER), peopleAt(OTHER)]).toEqual([['order'], [ana], []]);
    for (const stop of stops) stop();
    showPresent({ orderId: ORDER, people: [] });
    expect([calls.length, peopleAt(ORDER)]).toEqual([1, []]);
  });

  it('knows of nobody once the connection is lost', () => {
    showPresent({ orderId: ORDER, people: [ana] });
    const calls: string[] = [];
    const stop = onPeopleAt(ORDER, () => calls.push('order'));
    showPresent(undefined);
    stop();
    expect([calls, peopleAt(ORDER)]).toEqual([['order'], []]);
  });
});
