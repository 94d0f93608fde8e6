import type { QueueFacetQuery } from '../../../gql';
import { carrierName } from '../../../shared/carriers';
import { countryName } from '../../../shared/countries';
import { money } from '../../../shared/format';
import { t } from '../../../shared/i18n';
import { ruleLabel, ruleTones } from '../../../shared/rules';
import { spanText } from './filter-chips';
import type { Field, SearchChange } from './filter-fields';
import { dues, feeds, promises, states, waits, type QueueSearch } from '../search';

export interface Option {
  id: string;
  label: string;
  /** Cases it would leave; undefined while they are being counted. */
  count: number | undefined;
  isOn: boolean;
  change: SearchChange;
  /** Several can be chosen one after the other. */
  isOneOfMany: boolean;
}

type Facet = QueueFacetQuery['queueFacet'];

interface OptionsInput {
  field: Field;
  search: QueueSearch;
  facet: Facet | undefined;
  people: readonly { id: string; name: string }[];
  currency: string;
}

/** A carrier as the server keeps it; an address may say it as people do. */
const carrierId = (name: string): string => name.trim().toLowerCase().replace(/\s+/g, '_');

const manyLabels: Readonly<Record<'rules' | 'carriers' | 'shops' | 'countries', (value: string) => string>> = { rules: ruleLabel, carriers: carrierName, shops: (shop) => shop, countries: countryName };

const manyOf = (field: keyof typeof manyLabels, { search, facet }: OptionsInput): Option[] => {
  const chosen = field === 'carriers' ? search.carriers?.map(carrierId) : search[field];
  const counts = new Map(facet?.options.map(({ value, count }) => [value, count]));
  const values = [...new Set([...counts.keys(), ...(chosen ?? []), ...(field === 'rules' ? Object.keys(ruleTones) : [])])];
  return values
    .map((value): Option => {
      const isOn = chosen?.includes(value) ?? false;
      const next = isOn ? chosen?.filter((each) => each !== value) : [...(chosen ?? []), value];
      return { id: value, label: manyLabels[field](value), count: facet && (counts.get(value) ?? 0), isOn, change: { [field]: next && next.length > 0 ? next : undefined }, isOneOfMany: true };
    })
    .sort((a, b) => (b.count ?? 0) - (a.count ?? 0) || a.label.localeCompare(b.label));
};

/** The possibilities of a field, with what each would leave. Choosing the one that is chosen takes it away. */
export const optionsOf = (input: OptionsInput): Option[] => {
  const { field, search, facet, people, currency } = input;
  const one = (id: string, label: string, isOn: boolean, change: SearchChange): Option => {
    const off = Object.fromEntries(Object.keys(change).map((key) => [key, undefined])) as SearchChange;
    return { id, label, count: facet && (facet.options.find(({ value }) => value === id)?.count ?? 0), isOn, change: isOn ? off : change, isOneOfMany: false };
  };
  const steps = (usual: readonly number[]): number[] => facet?.options.map(({ value }) => Number(value)).filter((n) => Number.isInteger(n)) ?? [...usual];
  switch (field) {
    case 'rules':
    case 'carriers':
    case 'shops':
    case 'countries':
      return manyOf(field, input);
    case 'state':
      return states.map((state) => one(state, t(`queue:filter.state.${state}`), search.state === state, { state }));
    case 'due':
      return dues.map((due) => one(due, t(`queue:filter.due.${due}`), search.due === due, { due }));
    case 'promise':
      return promises.map((promise) => one(promise, t(`queue:filter.promise.${promise}`), search.promise === promise, { promise }));
    case 'waits':
      return waits.map((wait) => one(wait, t(`queue:filter.waits.${wait}`), search.waits === wait, { waits: wait }));
    case 'feed':
      return feeds.map((feed) => one(String(feed === 'late'), t(`queue:filter.feed.${feed}`), search.feed === feed, { feed }));
    case 'owner':
      return [{ id: 'nobody', name: t('queue:filter.nobody') }, { id: 'me', name: t('queue:filter.me') }, { id: 'away', name: t('queue:filter.away') }, ...people].map(({ id, name }) => one(id, name, search.owner === id, { owner: id }));
    case 'value':
      return steps([]).map((minValue) => one(String(minValue), t('queue:filter.over', { span: money({ minor: minValue, currency }) }), search.minValue === minValue && search.maxValue === undefined, { minValue, maxValue: undefined }));
    case 'age':
      return steps([24, 72, 168]).map((minAge) => one(String(minAge), t('queue:filter.over', { span: spanText(minAge) }), search.minAge === minAge, { minAge, maxAge: undefined }));
    case 'wrote':
      return steps([24, 72, 168]).map((wrote) => one(String(wrote), t('queue:filter.inLast', { span: spanText(wrote) }), search.wrote === wrote, { wrote }));
    case 'text':
      return [];
  }
};
