import { disturb, historyTexts, Random, tellings, type Message, type Telling } from '@orderwatch/rig';
import { markedForMap, markedForStore, POISONS, reused } from './poison-kinds.js';

interface Event {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly data: { readonly carrier?: string; readonly trackingNumber?: string };
}

/** What is told: good events, some of which one build cannot process, and what nobody can. */
export interface Stream {
  /** Deliveries that must end up applied. */
  readonly good: number;
  /** Those among them that the sick build cannot store, and cannot read. */
  readonly unstorable: number;
  readonly unreadable: number;
  /** Everything good, in its disturbed order; `withPoison`: with what nobody can process in between. */
  requests(withPoison: boolean): Iterable<Telling>;
  /** To be told when the rest was accepted: ids that are taken. */
  readonly reuses: readonly Telling[];
  /** Dead letters that stay, by cause. */
  readonly hopeless: Readonly<Record<string, number>>;
}

const one = (message: Message, id: string): Telling => ({ message, id, events: 1 });

/** A stream in which one event in a thousand is poison, each kind at least once. */
export function poisonedStream(events: number, seed: string): Stream {
  const random = new Random('poison', seed);
  const { texts } = historyTexts(events, { seed });
  const all = texts.map((text) => JSON.parse(text) as Event);
  const each = Math.ceil(events / 1000 / (POISONS.length + 3));
  const some = (fits: (event: Event) => boolean): number[] => random.shuffle([...all.keys()].filter((i) => fits(all[i] as Event))).slice(0, each);

  const stored = some((e) => e.type.startsWith('shipment.') && e.type !== 'shipment.estimate_changed');
  for (const [n, i] of stored.entries()) (texts as string[])[i] = markedForStore(texts[i] ?? '', n);
  const read = some((e) => e.type === 'shipment.in_transit' && Boolean(e.data.carrier && e.data.trackingNumber?.startsWith('1Z')));
  const maps = read.map((i, n) => one(markedForMap(n, { carrier: all[i]?.data.carrier ?? '', trackingNumber: all[i]?.data.trackingNumber ?? '', time: all[i]?.time ?? '' }), `map-${n}`));
  const used = some((e) => e.type !== 'contact.received');

  const victims = random.shuffle([...all.keys()]).slice(0, each * POISONS.length);
  const poisons = victims.map((i, n) => {
    const kind = POISONS[n % POISONS.length] as (typeof POISONS)[number];
    return { kind, message: kind.make({ n, subject: all[i]?.subject ?? '', time: all[i]?.time ?? '' }) };
  });
  const hopeless: Record<string, number> = { id_reused: used.length };
  for (const { kind } of poisons) hopeless[kind.cause] = (hopeless[kind.cause] ?? 0) + 1;

  const requests = function* (withPoison: boolean): Generator<Telling> {
    const shared = withPoison ? poisons.filter(({ kind }) => kind.mayShare).map(({ message }) => message.body.toString()) : [];
    const alone = withPoison ? poisons.filter(({ kind }) => !kind.mayShare).map(({ message }, n) => one(message, `alone-${n}`)) : [];
    const arrivals = disturb(texts.length, seed);
    const places = new Random('places', seed);
    for (const n of shared.keys()) arrivals.splice(places.below(arrivals.length), 0, { event: texts.length + n, isRewritten: false });
    const rest = places.shuffle([...maps, ...alone]);
    const every = Math.floor((arrivals.length / 8) / (rest.length + 1));
    let count = 0;
    for (const telling of tellings([...texts, ...shared], arrivals, seed, [1, 1, 1, 4, 40])) {
      yield telling;
      count += 1;
      const next = count % every === 0 ? rest.pop() : undefined;
      if (next) yield next;
    }
    yield* rest;
  };
  return { good: texts.length + maps.length, unstorable: stored.length, unreadable: maps.length, requests, hopeless, reuses: used.map((i, n) => one(reused(texts[i] ?? ''), `reuse-${n}`)) };
}
