import { SearchBox } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useState, type KeyboardEvent } from 'react';
import { execute } from '../shared/graphql';
import { SearchDocument } from '../gql';

const inputId = 'search-input';

export const focusSearch = (): void => document.querySelector<HTMLInputElement>(`#${inputId} input`)?.focus();

interface Hit {
  kind: string;
  id: string;
  label: string;
  detail?: string | null;
}

/** Order, tracking number, e-mail or case number. Enter opens the first hit. */
export const Search = () => {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const asked = useDeferredValue(text.trim());
  const { data: hits = [], isFetched } = useQuery({
    queryKey: ['search', asked],
    queryFn: async ({ signal }) => (await execute(SearchDocument, { text: asked }, signal)).search as Hit[],
    enabled: asked.length >= 2,
    refetchInterval: false,
  });
  const open = (hit: Hit | undefined): void => {
    if (!hit) return;
    setText('');
    setOpen(false);
    (document.activeElement as HTMLElement | null)?.blur();
    if (hit.kind === 'case') void navigate({ to: '/queue', search: { view: 'all', case: hit.id } });
    else void navigate({ to: '/orders/$orderId', params: { orderId: hit.id } });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || hits.length === 0) return;
    event.preventDefault();
    setAt((at + step + hits.length) % hits.length);
  };
  const shows = isOpen && asked.length >= 2;
  return (
    <div id={inputId} className="search" onKeyDown={onKeyDown} onFocus={() => setOpen(true)} onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || setOpen(false)}>
      <SearchBox
        label="Order, tracking number, e-mail or case"
        placeholder="Order, tracking number, e-mail…"
        value={text}
        onChange={(value) => {
          setText(value);
          setAt(0);
          setOpen(true);
        }}
        onSubmit={() => open(hits[at] ?? hits[0])}
      />
      {shows ? (
        <ul className="search-hits" aria-label="Found">
          {hits.map((hit, i) => (
            <li key={`${hit.kind}/${hit.id}`}>
              <button type="button" data-current={i === at || undefined} onClick={() => open(hit)}>
                <b>{hit.label}</b>
                <span className="ow-clip">{hit.detail}</span>
              </button>
            </li>
          ))}
          {hits.length === 0 ? <li className="ow-dim">{isFetched ? `Nothing found for “${asked}”` : 'Looking…'}</li> : null}
        </ul>
      ) : null}
    </div>
  );
};
