import type { approvals } from './en/approvals';
import type { audit } from './en/audit';
import type { cases } from './en/cases';
import type { frame } from './en/frame';
import type { health } from './en/health';
import type { order } from './en/order';
import type { orders } from './en/orders';
import type { queue } from './en/queue';
import type { remedies } from './en/remedies';
import type { reports } from './en/reports';
import type { session } from './en/session';
import type { settings } from './en/settings';
import type { stuck } from './en/stuck';

/** Every namespace with its texts; one file each under `en/`. */
export interface Texts {
  frame: typeof frame;
  session: typeof session;
  settings: typeof settings;
  cases: typeof cases;
  queue: typeof queue;
  order: typeof order;
  orders: typeof orders;
  stuck: typeof stuck;
  approvals: typeof approvals;
  remedies: typeof remedies;
  health: typeof health;
  reports: typeof reports;
  audit: typeof audit;
}

export type Namespace = keyof Texts;

type Unplural<Key extends string> = Key extends `${infer Base}_${'one' | 'other'}` ? Base : Key;

type KeysOf<N extends Namespace> = `${N}:${Unplural<keyof Texts[N] & string>}`;

/** `namespace:name`, as it stands in the code. A plural is named without its ending. */
export type TextKey = { [N in Namespace]: KeysOf<N> }[Namespace];

type Field<T, Name extends string> = Name extends keyof T ? T[Name] : `${Name}_other` extends keyof T ? T[`${Name}_other`] : never;

type TextOf<Key extends TextKey> = Key extends `${infer N extends Namespace}:${infer Name}` ? Field<Texts[N], Name> : never;

type Place<Name extends string> = Name extends `${infer Bare},${string}` ? Bare : Name;

/** The names in braces of a text. */
type Places<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Place<Name> | Places<Rest> : never;

type Count<Key extends TextKey> = Key extends `${infer N extends Namespace}:${infer Name}` ? (`${Name}_other` extends keyof Texts[N] ? 'count' : never) : never;

type Needs<Key extends TextKey> = Places<TextOf<Key>> | Count<Key>;

/** What a text must be given: nothing, or a value for each of its places, and the number that a plural goes by. */
export type Values<Key extends TextKey> = [Needs<Key>] extends [never] ? [] : [values: Readonly<Record<Needs<Key>, string | number>>];

/** Keys of texts that need no values, as labels are. */
export type LabelKey = { [Key in TextKey]: [Needs<Key>] extends [never] ? Key : never }[TextKey];

/** Gives the text of a key. A missing key or value does not compile. */
export type Translate = <Key extends TextKey>(key: Key, ...values: Values<Key>) => string;
