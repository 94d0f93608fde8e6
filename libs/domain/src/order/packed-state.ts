import type { Money } from '../shared/money.js';
import type { FactPosition, LineFact } from './facts.js';
import type { ContactState, FulfilmentState, Known, OrderState, ParcelState, Said } from './state.js';

/**
 * How a state is stored: a third of its JSON's size. What a state says again and again (which fact said it, when, who) stands once,
 * in a table, and fields stand by position instead of by name. The text of `[2, sources, facts, order]`, deterministic for a state.
 * A row of it stays under the size from which PostgreSQL compresses, which costs more there than the packing does here.
 */
type Packed = readonly [layout: typeof LAYOUT, sources: readonly (readonly [source: string, kind: string])[], facts: readonly StoredFact[], order: unknown];
type StoredFact = readonly [id: string, at: number, source: number];

/** A change in {@link ORDER}'s fields, or in those of its parts, needs another number and a way to read the one before. */
const LAYOUT = 2;

/** Facts in the order in which they are first named. */
class FactTable {
  readonly sources: [string, string][] = [];
  readonly facts: StoredFact[] = [];
  private readonly index = new Map<string, number>();

  add({ factId, at, source, kind }: Said): number {
    const known = this.index.get(factId);
    if (known !== undefined) return known;
    this.facts.push([factId, at, this.sourceOf(source, kind)]);
    this.index.set(factId, this.facts.length - 1);
    return this.facts.length - 1;
  }

  private sourceOf(source: string, kind: string): number {
    const there = this.sources.findIndex(([s, k]) => s === source && k === kind);
    return there >= 0 ? there : this.sources.push([source, kind]) - 1;
  }
}

type Lookup = (index: number) => Said;

interface Codec<T> {
  pack(value: T, facts: FactTable): unknown;
  unpack(packed: unknown, factAt: Lookup): T;
  readonly isOptional?: boolean;
}

function plain<T>(): Codec<T> {
  return { pack: (value) => value, unpack: (packed) => packed as T };
}

/** A field that may not be there. */
function absent<T>(): Codec<T | undefined> {
  return { isOptional: true, pack: (value) => value ?? null, unpack: (packed) => (packed === null ? undefined : (packed as T)) };
}

function orNull<T>({ pack, unpack }: Codec<T>): Codec<T | null> {
  return { pack: (value, facts) => (value === null ? null : pack(value, facts)), unpack: (packed, factAt) => (packed === null ? null : unpack(packed, factAt)) };
}

function list<T>({ pack, unpack }: Codec<T>): Codec<T[]> {
  return { pack: (values, facts) => values.map((value) => pack(value, facts)), unpack: (packed, factAt) => (packed as unknown[]).map((value) => unpack(value, factAt)) };
}

/** Keys in code-unit order: the order in which they came must not show. */
function record<T>({ pack, unpack }: Codec<T>): Codec<Record<string, T>> {
  return {
    pack: (values, facts) => Object.keys(values).sort().map((key) => [key, pack(values[key] as T, facts)]),
    unpack: (packed, factAt) => {
      const entries = packed as [string, unknown][];
      return entries.length === 0 ? {} : Object.fromEntries(entries.map(([key, value]) => [key, unpack(value, factAt)]));
    },
  };
}

const said: Codec<Said> = { pack: (value, facts) => facts.add(value), unpack: (packed, factAt) => factAt(packed as number) };

function known<T>({ pack, unpack }: Codec<T>): Codec<Known<T>> {
  return {
    pack: (known, facts) => [facts.add(known), pack(known.value, facts)],
    unpack: (packed, factAt) => {
      const [index, value] = packed as [number, unknown];
      const { at, factId, source, kind } = factAt(index);
      return { value: unpack(value, factAt), at, factId, source, kind };
    },
  };
}

/** Fields by position, as listed; the type sees to it that none is forgotten. Most of them are null, which needs nobody to read it. */
function object<T extends object>(fields: { readonly [K in keyof T]-?: Codec<T[K]> }): Codec<T> {
  const parts = Object.entries(fields) as [keyof T, Codec<unknown>][];
  // Made with all its fields at once: added one by one, every few of them the object is copied.
  const empty = Object.fromEntries(parts.filter(([, codec]) => !codec.isOptional).map(([name]) => [name, null])) as Partial<Record<keyof T, unknown>>;
  return {
    pack: (value, facts) => parts.map(([name, codec]) => {
      const field: unknown = value[name];
      return field === null || field === undefined ? null : codec.pack(field, facts);
    }),
    unpack: (packed, factAt) => {
      const values = packed as unknown[];
      const read: Partial<Record<keyof T, unknown>> = { ...empty };
      for (let position = 0; position < parts.length; position += 1) {
        const [name, codec] = parts[position] as [keyof T, Codec<unknown>];
        const value = values[position];
        if (value !== null) read[name] = codec.unpack(value, factAt);
      }
      return read as T;
    },
  };
}

const mention = orNull(said);
const knownText = orNull(known(plain<never>()));
const knownTexts = list(known(plain<never>()));
const byName = record(known(plain<never>()));
const MONEY = object<Money>({ minor: plain(), currency: plain() });
const LINE = object<LineFact>({ id: plain(), sku: absent(), title: absent(), quantity: absent(), price: absent(), promisedBy: absent(), shipBy: absent() });
const POSITION = object<FactPosition>({ at: plain(), rank: plain(), id: plain() });

const PARCEL = object<ParcelState>({
  id: plain(), shipments: plain(), handles: plain(), carrier: plain(), number: plain(), url: plain(), service: plain(), fulfilments: plain(), status: knownText, facility: plain(), lastWords: plain(),
  firstMovement: mention, lastMovement: mention, delivered: mention, firstDelivered: mention, problem: knownText, delayed: mention, firstEstimate: knownText, estimate: knownText, unmapped: knownTexts,
  owner: plain(), overruled: byName,
});
const FULFILMENT = object<FulfilmentState>({ id: plain(), since: said, announced: plain(), cancelled: mention, lines: plain(), location: plain(), parcels: plain() });
const CONTACT: Codec<ContactState> = {
  pack: (value, facts) => [facts.add(value), value.contact, value.channel, value.sentiment],
  unpack: (packed, factAt) => {
    const [index, contact, channel, sentiment] = packed as [number, ContactState['contact'], string | null, string | null];
    return { contact, channel, sentiment, ...factAt(index) };
  },
};
const ORDER = object<OrderState>({
  orderId: plain(), mapVersion: plain(), last: orNull(POSITION), facts: plain(), announced: plain(), name: knownText, customerId: plain(), currency: plain(), total: orNull(known(MONEY)), timeZone: plain(), country: plain(),
  placed: mention, firstAt: plain(), promise: knownText, firstPromise: knownText, preorderUntil: plain(), tags: plain(), lines: list(LINE), order: knownText, held: mention, released: mention,
  cancelled: mention, payment: knownText, paid: mention, refunds: record(known(orNull(MONEY))), fulfilments: record(FULFILMENT), parcels: record(PARCEL), returns: byName, contacts: list(CONTACT), remedies: byName,
  unmapped: knownTexts, names: record(plain()), sharedHandles: plain(),
});

/** The text in which a state is stored. Equal states have equal texts. */
export function packState(state: OrderState): string {
  const facts = new FactTable();
  const order = ORDER.pack(state, facts);
  return JSON.stringify([LAYOUT, facts.sources, facts.facts, order] satisfies Packed);
}

/** Reads what {@link packState} wrote, and the plain JSON of before. */
export function unpackState(text: string): OrderState {
  const read = JSON.parse(text) as Packed | OrderState;
  if (!isPacked(read)) return read;
  const [layout, sources, stored, order] = read;
  if (layout !== LAYOUT) throw new Error(`a state of layout ${String(layout)} was stored by a newer Orderwatch; run that one, or fold the order again`);
  const facts = stored.map(([factId, at, index]) => ({ at, factId, source: sources[index]?.[0], kind: sources[index]?.[1] }) as Said);
  return ORDER.unpack(order, (index) => facts[index] as Said);
}

function isPacked(read: Packed | OrderState): read is Packed {
  return Array.isArray(read);
}
