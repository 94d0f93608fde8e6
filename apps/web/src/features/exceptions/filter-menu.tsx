import { Menu } from '@mantine/core';
import { AddFilter, FilterChips, type FilterChip } from '@orderwatch/ui';
import { useState, type ReactNode } from 'react';
import { carrierName } from '../../shared/carriers';
import { ruleLabel, ruleLooks } from '../../shared/rules';
import type { QueueSearch } from './search';

interface FilterMenuProps {
  search: QueueSearch;
  carriers: readonly string[];
  onChange: (change: Partial<QueueSearch>) => void;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  aside: ReactNode;
}

type Field = 'rules' | 'carriers' | 'owner' | 'age';

const owners = [
  { id: 'nobody', label: 'nobody' },
  { id: 'me', label: 'me' },
] as const;

const ages = [
  { minAge: 24, label: 'over 1 day' },
  { minAge: 72, label: 'over 3 days' },
  { minAge: 168, label: 'over 7 days' },
] as const;

// Not "keydown": the very key that opens the menu would close it.
const OUTSIDE = ['mousedown', 'touchstart'];

const hours = (n: number): string => (n >= 24 && n % 24 === 0 ? `${n / 24} d` : `${n} h`);

export const chipsOf = (search: QueueSearch): FilterChip[] => {
  const chips: FilterChip[] = [];
  if (search.rules) chips.push({ id: 'rules', field: 'Rule is', value: search.rules.map(ruleLabel).join(' or ') });
  if (search.carriers) chips.push({ id: 'carriers', field: 'Carrier is', value: search.carriers.map(carrierName).join(' or ') });
  if (search.shops) chips.push({ id: 'shops', field: 'Shop is', value: search.shops.join(' or ') });
  if (search.owner) chips.push({ id: 'owner', field: 'Owner is', value: search.owner });
  if (search.text) chips.push({ id: 'text', field: 'Contains', value: search.text });
  if (search.minAge !== undefined || search.maxAge !== undefined) {
    const from = search.minAge === undefined ? '' : `over ${hours(search.minAge)}`;
    const to = search.maxAge === undefined ? '' : `under ${hours(search.maxAge)}`;
    chips.push({ id: 'age', field: 'Age', value: [from, to].filter(Boolean).join(', ') });
  }
  if (search.openedFrom || search.openedTo) chips.push({ id: 'opened', field: 'Opened', value: [search.openedFrom, search.openedTo].filter(Boolean).map((d) => d?.slice(0, 10)).join(' – ') });
  if (search.resolvedFrom || search.resolvedTo) chips.push({ id: 'resolved', field: 'Resolved', value: [search.resolvedFrom, search.resolvedTo].filter(Boolean).map((d) => d?.slice(0, 10)).join(' – ') });
  return chips;
};

const without: Readonly<Record<string, Partial<Record<keyof QueueSearch, undefined>>>> = {
  rules: { rules: undefined },
  carriers: { carriers: undefined },
  shops: { shops: undefined },
  owner: { owner: undefined },
  text: { text: undefined },
  age: { minAge: undefined, maxAge: undefined },
  opened: { openedFrom: undefined, openedTo: undefined },
  resolved: { resolvedFrom: undefined, resolvedTo: undefined },
};

const toggle = (list: readonly string[] | undefined, value: string): string[] | undefined => {
  const next = list?.includes(value) ? list.filter((each) => each !== value) : [...(list ?? []), value];
  return next.length > 0 ? next : undefined;
};

export const FilterMenu = ({ search, carriers, onChange, isOpen, onOpenChange, aside }: FilterMenuProps) => {
  const [field, setField] = useState<Field | null>(null);
  const open = (next: boolean): void => {
    if (!next) setField(null);
    onOpenChange(next);
  };
  const item = (key: string, label: string, isOn: boolean, change: Partial<QueueSearch> | Record<string, unknown>, keep = false) => (
    <Menu.Item key={key} aria-checked={isOn} role="menuitemcheckbox" closeMenuOnClick={!keep} rightSection={isOn ? '✓' : null} onClick={() => onChange(change as Partial<QueueSearch>)}>
      {label}
    </Menu.Item>
  );
  return (
    <FilterChips
      label="Filters"
      chips={chipsOf(search)}
      onEdit={(id) => {
        setField(id === 'rules' || id === 'carriers' || id === 'owner' || id === 'age' ? id : null);
        onOpenChange(true);
      }}
      onRemove={(id) => onChange((without[id] ?? {}) as Partial<QueueSearch>)}
      removeLabel={(chip) => `Remove filter: ${chip.field} ${chip.value}`}
      aside={aside}
      add={
        <Menu opened={isOpen} onChange={open} position="bottom-start" shadow="md" width={230} transitionProps={{ duration: 0 }} clickOutsideEvents={OUTSIDE}>
          <Menu.Target>
            <AddFilter label="Filter" kbd="F" expanded={isOpen} />
          </Menu.Target>
          <Menu.Dropdown mah={360} style={{ overflow: 'auto' }}>
            {field === null ? (
              <>
                <Menu.Item closeMenuOnClick={false} onClick={() => setField('rules')}>Rule…</Menu.Item>
                <Menu.Item closeMenuOnClick={false} onClick={() => setField('carriers')}>Carrier…</Menu.Item>
                <Menu.Item closeMenuOnClick={false} onClick={() => setField('owner')}>Owner…</Menu.Item>
                <Menu.Item closeMenuOnClick={false} onClick={() => setField('age')}>Age…</Menu.Item>
              </>
            ) : null}
            {field === 'rules' ? Object.entries(ruleLooks).map(([id, look]) => item(id, look.label, search.rules?.includes(id) ?? false, { rules: toggle(search.rules, id) }, true)) : null}
            {field === 'carriers' ? carriers.map((id) => item(id, carrierName(id), search.carriers?.includes(id) ?? false, { carriers: toggle(search.carriers, id) }, true)) : null}
            {field === 'carriers' && carriers.length === 0 ? <Menu.Label>No carrier in this list</Menu.Label> : null}
            {field === 'owner' ? owners.map(({ id, label }) => item(id, label, search.owner === id, { owner: id })) : null}
            {field === 'age' ? ages.map(({ minAge, label }) => item(label, label, search.minAge === minAge, { minAge, maxAge: undefined })) : null}
          </Menu.Dropdown>
        </Menu>
      }
    />
  );
};
