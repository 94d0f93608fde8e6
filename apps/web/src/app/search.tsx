import { SearchBox } from '@orderwatch/ui';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { keyCaps, keysOf, sharedKeys } from '../shared/commands';
import { useText } from '../shared/i18n';
import { usePreferences } from '../shared/preferences';
import { exactHit, hitTarget, useLookup, type Hit } from './lookup';

const inputId = 'search-input';

export const focusSearch = (): void => document.querySelector<HTMLInputElement>(`#${inputId} input`)?.focus();

/** Order, tracking number, e-mail or case number. Enter opens what is meant exactly, else the first hit; it may be pressed before the answer is there. */
export const Search = () => {
  const t = useText();
  usePreferences();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const [isWaiting, setWaiting] = useState(false);
  const { hits, isSettled } = useLookup(text);
  const open = (hit: Hit): void => {
    setText('');
    setOpen(false);
    (document.activeElement as HTMLElement | null)?.blur();
    void navigate(hitTarget(hit));
  };
  const openLater = useRef(open);
  useEffect(() => {
    openLater.current = open;
  });
  useEffect(() => {
    if (!isWaiting || !isSettled) return;
    setWaiting(false);
    const hit = exactHit(hits, text) ?? hits[0];
    if (hit) openLater.current(hit);
  }, [isWaiting, isSettled, hits, text]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || hits.length === 0) return;
    event.preventDefault();
    setAt((at + step + hits.length) % hits.length);
  };
  const wanted = text.trim();
  const shows = isOpen && wanted.length >= 2;
  return (
    <div id={inputId} className="search" onKeyDown={onKeyDown} onFocus={() => setOpen(true)} onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || setOpen(false)}>
      <SearchBox
        label={t('frame:search.label')}
        placeholder={t('frame:search.placeholder')}
        kbd={keyCaps(keysOf(sharedKeys.search)[0] ?? '/').join(' ')}
        value={text}
        onChange={(value) => {
          setText(value);
          setAt(0);
          setOpen(true);
        }}
        onSubmit={() => {
          const hit = at > 0 ? hits[at] : undefined;
          if (hit) open(hit);
          else setWaiting(true);
        }}
      />
      {shows ? (
        <ul className="search-hits" aria-label={t('frame:search.found')}>
          {hits.map((hit, i) => (
            <li key={`${hit.kind}/${hit.id}`} translate="no">
              <button type="button" data-current={i === at || undefined} onClick={() => open(hit)}>
                <b>{hit.label}</b>
                <span className="ow-clip">{hit.detail}</span>
              </button>
            </li>
          ))}
          {hits.length === 0 ? <li className="ow-dim">{isSettled ? t('frame:search.none', { text: wanted }) : t('frame:search.looking')}</li> : null}
        </ul>
      ) : null}
    </div>
  );
};
