import type { FilterChip } from '@orderwatch/ui';
import { carrierName } from '../../../shared/carriers';
import { countryName } from '../../../shared/countries';
import { dateText, money } from '../../../shared/format';
import { t } from '../../../shared/i18n';
import { ruleLabel } from '../../../shared/rules';
import type { SearchChange } from './filter-fields';
import type { QueueSearch } from '../search';

export const spanText = (hours: number): string => (hours >= 24 && hours % 24 === 0 ? t('queue:filter.days', { n: hours / 24 }) : t('queue:filter.hours', { n: hours }));

const either = (values: readonly string[]): string => new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(values);

const range = (from: string | undefined, to: string | undefined): string => [from, to].map((at) => (at ? dateText(at) : '')).join(' – ');

interface ChipContext {
  /** Of people, by id. */
  names?: ReadonlyMap<string, string>;
  /** In which values are written; those of the list. */
  currency?: string;
}

/** The filters of an address as they are shown, each of which can be edited or taken away. */
export const chipsOf = (search: QueueSearch, { names = new Map(), currency = 'EUR' }: ChipContext = {}): FilterChip[] => {
  const { rules, carriers, shops, owner, text, minAge, maxAge, openedFrom, openedTo, resolvedFrom, resolvedTo, countries, minValue, maxValue, due, promise, wrote, state, waits, feed } = search;
  const limits = (min: string | undefined, max: string | undefined): string => [min && t('queue:filter.over', { span: min }), max && t('queue:filter.under', { span: max })].filter(Boolean).join(', ');
  const ages = limits(minAge === undefined ? undefined : spanText(minAge), maxAge === undefined ? undefined : spanText(maxAge));
  const amount = (minor: number | undefined): string | undefined => (minor === undefined ? undefined : money({ minor, currency }));
  const ownerName = owner === 'me' || owner === 'nobody' || owner === 'away' ? t(`queue:filter.${owner}`) : (names.get(owner ?? '') ?? owner);
  const all: (FilterChip | false | undefined)[] = [
    rules && { id: 'rules', field: t('queue:filter.ruleIs'), value: either(rules.map(ruleLabel)) },
    state && { id: 'state', field: t('queue:filter.stateIs'), value: t(`queue:filter.state.${state}`) },
    due && { id: 'due', field: t('queue:filter.due'), value: t(`queue:filter.due.${due}`) },
    (minValue !== undefined || maxValue !== undefined) && { id: 'value', field: t('queue:filter.value'), value: limits(amount(minValue), amount(maxValue)) },
    carriers && { id: 'carriers', field: t('queue:filter.carrierIs'), value: either(carriers.map(carrierName)) },
    countries && { id: 'countries', field: t('queue:filter.countryIs'), value: either(countries.map(countryName)) },
    promise && { id: 'promise', field: t('queue:filter.promise'), value: t(`queue:filter.promise.${promise}`) },
    wrote !== undefined && { id: 'wrote', field: t('queue:filter.wrote'), value: t('queue:filter.inLast', { span: spanText(wrote) }) },
    waits && { id: 'waits', field: t('queue:filter.waits'), value: t(`queue:filter.waits.${waits}`) },
    owner !== undefined && { id: 'owner', field: t('queue:filter.ownerIs'), value: ownerName ?? '' },
    shops && { id: 'shops', field: t('queue:filter.shopIs'), value: either(shops) },
    feed && { id: 'feed', field: t('queue:filter.feed'), value: t(`queue:filter.feed.${feed}`) },
    ages !== '' && { id: 'age', field: t('queue:filter.age'), value: ages },
    text !== undefined && { id: 'text', field: t('queue:filter.contains'), value: text },
    Boolean(openedFrom ?? openedTo) && { id: 'opened', field: t('queue:filter.opened'), value: range(openedFrom, openedTo) },
    Boolean(resolvedFrom ?? resolvedTo) && { id: 'resolved', field: t('queue:filter.resolved'), value: range(resolvedFrom, resolvedTo) },
  ];
  return all.filter((chip): chip is FilterChip => Boolean(chip));
};

/** What taking a chip away changes in the address. */
export const without: Readonly<Record<string, SearchChange>> = {
  rules: { rules: undefined },
  state: { state: undefined },
  due: { due: undefined },
  value: { minValue: undefined, maxValue: undefined },
  carriers: { carriers: undefined },
  countries: { countries: undefined },
  promise: { promise: undefined },
  wrote: { wrote: undefined },
  waits: { waits: undefined },
  owner: { owner: undefined },
  shops: { shops: undefined },
  feed: { feed: undefined },
  age: { minAge: undefined, maxAge: undefined },
  text: { text: undefined },
  opened: { openedFrom: undefined, openedTo: undefined },
  resolved: { resolvedFrom: undefined, resolvedTo: undefined },
};
