import { describe, expect, it } from '@jest/globals';
import { MINUTE, SECOND } from '../shared/time.js';
import { inheritFrom, lastHours } from './inherit.js';
import { LiveWorld, type Dispatch, type SavedWorld } from './live-world.js';

const startedAt = Date.parse('2026-11-20T09:00:00Z');
const window = { seed: 'spec', from: startedAt - 28 * 86_400_000, to: startedAt };
const inherited = inheritFrom(window, startedAt);
const world = (more: { saved?: SavedWorld; startedAt?: number } = {}): LiveWorld => new LiveWorld({ seed: 'spec', ordersPerMinute: 1, startedAt, inherited: more.saved ? [] : inherited, ...more });

function run(from: LiveWorld, minutes: number, tick: number): Dispatch[] {
  const out: Dispatch[] = [];
  for (let at = startedAt; at <= startedAt + minutes * MINUTE; at += tick) out.push(...from.advance(at));
  return out;
}

describe('live world', () => {
  it('does the same for the same seed and clock, however often it is asked', () => {
    expect(run(world(), 20, 250)).toEqual(run(world(), 20, 10 * SECOND));
  });

  it('is lively but calm: an event every few seconds, from the first minute on', () => {
    const out = run(world(), 30, SECOND);
    for (let minute = 0; minute < 30; minute += 5) {
      const count = out.filter(({ at }) => at >= startedAt + minute * MINUTE && at < startedAt + (minute + 5) * MINUTE).length;
      expect(count).toBeGreaterThan(5 * 8);
      expect(count).toBeLessThan(5 * 60);
    }
    expect(new Set(out.map(({ outgoing }) => outgoing.connection))).toEqual(new Set(['events', 'shopify', 'easypost']));
  });

  it('goes on after a restart where it stopped', () => {
    const whole = world();
    run(whole, 10, SECOND);
    const saved = JSON.parse(JSON.stringify(whole.save())) as SavedWorld;
    const restarted = world({ saved, startedAt: startedAt + 10 * MINUTE });
    const later = startedAt + 15 * MINUTE;
    expect(restarted.advance(later).map(({ outgoing }) => outgoing.id)).toEqual(whole.advance(later).map(({ outgoing }) => outgoing.id));
  });

  it('brings news of the history it inherits, under ids the history does not have', () => {
    const known = new Set(lastHours(window, 24 * 40).flatMap(({ body }) => (JSON.parse(body) as { id: string }[]).map((event) => event.id)));
    const news = run(world(), 10, SECOND).filter(({ outgoing }) => outgoing.connection === 'events' && outgoing.body.includes('"subject":"mk-2'));
    expect(news.length).toBeGreaterThan(10);
    for (const { outgoing } of news) expect(known.has(outgoing.eventId)).toBe(false);
  });

  it('says of an order of the shop that it exists before anything else', () => {
    const told = new Set<string>();
    const fresh = world();
    fresh.onShopOrder = (order) => told.add(order.id);
    for (const { outgoing } of run(fresh, 10, SECOND)) {
      const id = /"order_id":(\d+)/.exec(outgoing.body)?.[1];
      if (id) expect(told.has(id)).toBe(true);
    }
  });
});
