import { Menu, Popover } from '@mantine/core';
import { AddFilter, Icon, type FilterChip } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { cloneElement, lazy, Suspense, useMemo, useState, type ReactElement, type ReactNode } from 'react';
import { colleaguesQuery } from '../../../shared/cases/colleagues';
import { useText } from '../../../shared/i18n';
import { chipsOf, without } from './filter-chips';
import { isField, isTyped, type Field, type SearchChange } from './filter-fields';
import type { QueueSearch } from '../search';

// What stands in the menu comes when it is opened first.
const FilterPanel = lazy(async () => ({ default: (await import('./filter-panel')).FilterPanel }));
const FilterForm = lazy(async () => ({ default: (await import('./filter-form')).FilterForm }));

interface FilterMenuProps {
  search: QueueSearch;
  /** In which values are written. */
  currency: string;
  onChange: (change: SearchChange) => void;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  aside: ReactNode;
}

// Not "keydown": the very key that opens the menu would close it.
const OUTSIDE = ['mousedown', 'touchstart'];

/** The filters as chips, each edited where it stands, and the menu that adds one. */
export const FilterMenu = ({ search, currency, onChange, isOpen, onOpenChange, aside }: FilterMenuProps) => {
  const t = useText();
  const [field, setField] = useState<Field | null>(null);
  const [edited, setEdited] = useState<Field | null>(null);
  const { data: people = [] } = useQuery({ ...colleaguesQuery, enabled: (search.owner?.length ?? 0) > 6 });
  const names = useMemo(() => new Map(people.map(({ id, name }) => [id, name])), [people]);
  const openAdd = (next: boolean): void => {
    setField(null);
    setEdited(null);
    onOpenChange(next);
  };
  const menu = (target: ReactElement<{ onClick?: () => void }>, now: { isOpen: boolean; field: Field | null; onOpen: (next: boolean) => void }) => {
    const common = { opened: now.isOpen, onChange: now.onOpen, position: 'bottom-start', shadow: 'md', width: 250, transitionProps: { duration: 0 }, clickOutsideEvents: OUTSIDE } as const;
    // A menu holds nothing to type into; what is typed stands in a dialog of its own, in the same place.
    return isTyped(now.field) ? (
      <Popover {...common} trapFocus returnFocus>
        <Popover.Target>{cloneElement(target, { onClick: () => now.onOpen(!now.isOpen) })}</Popover.Target>
        <Popover.Dropdown>
          <Suspense>
            <FilterForm search={search} field={now.field} currency={currency} onChange={onChange} onClose={() => now.onOpen(false)} />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
    ) : (
      <Menu {...common} withInitialFocusPlaceholder={false}>
        <Menu.Target>{target}</Menu.Target>
        <Menu.Dropdown mah={400} style={{ overflow: 'auto' }}>
          <Suspense>
            <FilterPanel search={search} field={now.field} currency={currency} onField={setField} onChange={onChange} />
          </Suspense>
        </Menu.Dropdown>
      </Menu>
    );
  };
  const chipButton = (chip: FilterChip): ReactElement<{ onClick?: () => void }> => (
    <button type="button">
      {chip.field} <b>{chip.value}</b>
    </button>
  );
  return (
    <div className="ow-bar" role="group" aria-label={t('queue:filter.label')}>
      {chipsOf(search, { names, currency }).map((chip) => {
        const { id } = chip;
        return (
          <span key={id} className="ow-filter">
            {isField(id) ? menu(chipButton(chip), { isOpen: edited === id, field: id, onOpen: (next) => setEdited(next ? id : null) }) : <span>{chip.field} <b>{chip.value}</b></span>}
            <button type="button" className="ow-x" aria-label={t('queue:filter.remove', { field: chip.field, value: chip.value })} onClick={() => onChange(without[id] ?? {})}>
              <Icon name="cross" width={10} height={10} style={{ width: 10, height: 10 }} />
            </button>
          </span>
        );
      })}
      {menu(<AddFilter label={t('queue:filter.add')} kbd="F" expanded={isOpen} />, { isOpen, field, onOpen: openAdd })}
      <span className="ow-spacer" />
      <span className="ow-dim ow-small">{aside}</span>
    </div>
  );
};
