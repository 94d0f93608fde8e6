import type { LabelKey } from '../../../shared/i18n';
import type { QueueSearch } from '../search';

/** What a list can be narrowed by; the server counts by the same names. */
export const fields = ['rules', 'state', 'due', 'value', 'carriers', 'countries', 'promise', 'wrote', 'waits', 'owner', 'shops', 'feed', 'age', 'text'] as const;
export type Field = (typeof fields)[number];

/** What is typed, or may be. */
export type Typed = 'value' | 'text';

export const isTyped = (field: Field | null): field is Typed => field === 'value' || field === 'text';

export const isField = (id: string): id is Field => fields.some((field) => field === id);

export const fieldLabels: Readonly<Record<Field, LabelKey>> = {
  rules: 'queue:filter.rule',
  state: 'queue:filter.state',
  due: 'queue:filter.due',
  value: 'queue:filter.value',
  carriers: 'queue:filter.carrier',
  countries: 'queue:filter.country',
  promise: 'queue:filter.promise',
  wrote: 'queue:filter.wrote',
  waits: 'queue:filter.waits',
  owner: 'queue:filter.owner',
  shops: 'queue:filter.shop',
  feed: 'queue:filter.feed',
  age: 'queue:filter.age',
  text: 'queue:filter.text',
};

/** Part of an address; `undefined` takes a filter away. */
export type SearchChange = { [Key in keyof QueueSearch]?: QueueSearch[Key] | undefined };
