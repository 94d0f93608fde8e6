import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { colleaguesQuery } from '../../../shared/cases/colleagues';
import { useText } from '../../../shared/i18n';
import { facetQuery } from '../api';
import { fieldLabels, fields, type Field, type SearchChange, type Typed } from './filter-fields';
import { optionsOf } from './filter-options';
import { asCheckbox, asRadio } from '../menu-roles';
import { filterOf, type QueueSearch } from '../search';

interface FilterPanelProps {
  search: QueueSearch;
  /** Null: which field is still to be chosen. */
  field: Exclude<Field, Typed> | null;
  currency: string;
  onField: (field: Field) => void;
  onChange: (change: SearchChange) => void;
}

/** What the menu of filters shows: the fields, or one field's possibilities with the number of cases each would leave. */
export const FilterPanel = ({ search, field, currency, onField, onChange }: FilterPanelProps) => {
  const t = useText();
  const { data: people = [] } = useQuery({ ...colleaguesQuery, enabled: field === 'owner' });
  const { data: facet, isPending, isFetching } = useQuery({ ...facetQuery(search.view, filterOf(search), field ?? 'rules'), enabled: field !== null });
  // They stand in the order of what they leave: while that is counted first, there is nothing to choose from yet.
  const isCounting = field !== null && isPending && isFetching;
  const options = field === null || isCounting ? [] : optionsOf({ field, search, facet, people, currency });
  const body = useRef<HTMLDivElement>(null);
  const isEmpty = field !== null && options.length === 0;
  // What was pressed has gone: the keyboard goes on at the first of what has come.
  useEffect(() => body.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus(), [field, isEmpty]);
  return (
    <div ref={body}>
      {field === null ? fields.map((each) => (
        <Menu.Item key={each} closeMenuOnClick={false} onClick={() => onField(each)}>
          {t(fieldLabels[each])}…
        </Menu.Item>
      )) : null}
      {isEmpty ? <Menu.Label>{t(isCounting ? 'queue:filter.counting' : 'queue:filter.none')}</Menu.Label> : null}
      {options.map(({ id, label, count, isOn, change, isOneOfMany }) => (
        <Menu.Item
          key={id}
          renderRoot={isOneOfMany ? asCheckbox : asRadio}
          aria-checked={isOn}
          closeMenuOnClick={!isOneOfMany}
          data-none={count === 0 || undefined}
          rightSection={
            <span className="filter-count">
              {count === undefined ? null : t(facet?.isCapped ? 'queue:filter.countCapped' : 'queue:filter.count', { count })}
              {isOn ? ' ✓' : null}
            </span>
          }
          onClick={() => onChange(change)}
        >
          {label}
        </Menu.Item>
      ))}
    </div>
  );
};
