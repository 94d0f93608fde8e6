import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type FormEvent } from 'react';
import { useText } from '../../../shared/i18n';
import { facetQuery } from '../api';
import type { SearchChange } from './filter-fields';
import { optionsOf } from './filter-options';
import { filterOf, type QueueSearch } from '../search';

interface FilterFormProps {
  search: QueueSearch;
  field: 'value' | 'text';
  currency: string;
  onChange: (change: SearchChange) => void;
  onClose: () => void;
}

const digitsOf = (currency: string): number => new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** "12.50" → 1250; undefined for what is no amount. */
const minorOf = (text: string, currency: string): number | undefined => {
  const amount = text === '' ? Number.NaN : Number(text.replace(',', '.'));
  return Number.isFinite(amount) && amount >= 0 ? Math.round(amount * 10 ** digitsOf(currency)) : undefined;
};

const textIn = (form: HTMLFormElement, name: string): string => String(new FormData(form).get(name) ?? '').trim();

/** What is typed instead of chosen: an amount, or words; a few usual amounts are offered with the cases each would leave. */
export const FilterForm = ({ search, field, currency, onChange, onClose }: FilterFormProps) => {
  const t = useText();
  const { data: facet } = useQuery({ ...facetQuery(search.view, filterOf(search), field), enabled: field === 'value' });
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.select(), [field]);
  const options = field === 'value' ? optionsOf({ field, search, facet, people: [], currency }) : [];
  const input = (name: string, label: string, value: string | undefined, hint?: string) => (
    <label>
      {label}
      <input name={name} defaultValue={value} placeholder={hint} autoComplete="off" />
    </label>
  );
  const major = (minor: number | undefined): string | undefined => (minor === undefined ? undefined : String(minor / 10 ** digitsOf(currency)));
  const done = (change: SearchChange): void => {
    onChange(change);
    onClose();
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const from = event.currentTarget;
    done(field === 'text' ? { text: textIn(from, 'text') || undefined } : { minValue: minorOf(textIn(from, 'min'), currency), maxValue: minorOf(textIn(from, 'max'), currency) });
  };
  return (
    <form ref={form} className="filter-text" onSubmit={onSubmit}>
      {field === 'text' ? input('text', t('queue:filter.text'), search.text, t('queue:filter.textHint')) : (
        <>
          {input('min', t('queue:filter.valueOver', { currency }), major(search.minValue))}
          {input('max', t('queue:filter.valueUnder', { currency }), major(search.maxValue))}
        </>
      )}
      {options.map(({ id, label, count, isOn, change }) => (
        <button key={id} type="button" className="filter-preset" aria-pressed={isOn} onClick={() => done(change)}>
          {label} <span className="filter-count">{count === undefined ? null : t(facet?.isCapped ? 'queue:filter.countCapped' : 'queue:filter.count', { count })}</span>
        </button>
      ))}
      <button type="submit" className="ow-filter">
        {t('queue:filter.apply')}
      </button>
    </form>
  );
};
