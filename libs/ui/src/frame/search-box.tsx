import './frame.css';
import type { Ref } from 'react';
import { Kbd } from '../primitives/kbd';

interface SearchBoxProps {
  /** Names the landmark where a page has more than one search. */
  landmark?: string | undefined;
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  onSubmit: (value: string) => void;
  kbd?: string | undefined;
  inputRef?: Ref<HTMLInputElement> | undefined;
}

export const SearchBox = ({ landmark, label, placeholder, value, onChange, onSubmit, kbd = '/', inputRef }: SearchBoxProps) => (
  <form
    className="ow-search"
    role="search"
    aria-label={landmark}
    onSubmit={(event) => {
      event.preventDefault();
      onSubmit(value.trim());
    }}
  >
    <input
      ref={inputRef}
      type="search"
      aria-label={label}
      aria-keyshortcuts={kbd}
      placeholder={placeholder}
      value={value}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        onChange('');
        event.currentTarget.blur();
      }}
    />
    {value === '' ? <Kbd hidden>{kbd}</Kbd> : null}
  </form>
);
