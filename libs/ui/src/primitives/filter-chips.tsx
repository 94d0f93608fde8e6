import './primitives.css';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Icon } from './icons';
import { Kbd } from './kbd';

export interface FilterChip {
  id: string;
  /** "Status is" */
  field: string;
  /** "unclaimed" */
  value: string;
}

interface FilterChipsProps {
  label: string;
  chips: readonly FilterChip[];
  onEdit?: ((id: string) => void) | undefined;
  onRemove?: ((id: string) => void) | undefined;
  removeLabel?: ((chip: FilterChip) => string) | undefined;
  /** Usually the "+ Filter" menu's target. */
  add?: ReactNode;
  aside?: ReactNode;
}

export const FilterChips = ({ label, chips, onEdit, onRemove, removeLabel, add, aside }: FilterChipsProps) => (
  <div className="ow-bar" role="group" aria-label={label}>
    {chips.map((chip) => (
      <span key={chip.id} className="ow-filter">
        {onEdit ? (
          <button type="button" onClick={() => onEdit(chip.id)}>
            {chip.field} <b>{chip.value}</b>
          </button>
        ) : (
          <span>
            {chip.field} <b>{chip.value}</b>
          </span>
        )}
        {onRemove ? (
          <button
            type="button"
            className="ow-x"
            aria-label={removeLabel ? removeLabel(chip) : `${chip.field} ${chip.value} ×`}
            onClick={() => onRemove(chip.id)}
          >
            <Icon name="cross" width={10} height={10} style={{ width: 10, height: 10 }} />
          </button>
        ) : null}
      </span>
    ))}
    {add}
    {aside === undefined ? null : (
      <>
        <span className="ow-spacer" />
        <span className="ow-dim ow-small">{aside}</span>
      </>
    )}
  </div>
);

interface AddFilterProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string;
  kbd?: string | undefined;
  expanded?: boolean | undefined;
  ref?: Ref<HTMLButtonElement> | undefined;
}

/** Spreads what a menu gives its target, so that it can be one. */
export const AddFilter = ({ label, kbd, expanded, className, ...rest }: AddFilterProps) => (
  <button type="button" data-quiet aria-expanded={expanded} aria-keyshortcuts={kbd} {...rest} className={className ? `ow-filter ${className}` : 'ow-filter'}>
    + {label} {kbd ? <Kbd hidden>{kbd}</Kbd> : null}
  </button>
);
