import { FilterChips, SearchBox } from '@orderwatch/ui';
import { useState } from 'react';
import { useText, type LabelKey } from '../../shared/i18n';
import { tokensOf, withToken, without } from './tokens';

const AUDIT_INPUT = 'audit-search';

export const focusAuditSearch = (): boolean => {
  const input = document.querySelector<HTMLInputElement>(`#${AUDIT_INPUT} input`);
  input?.focus();
  input?.select();
  return input !== null;
};

/** What auditors ask for most, as conditions to add. */
const quick: readonly { raw: string; label: LabelKey }[] = [
  { raw: 'since:7d', label: 'audit:quick.week' },
  { raw: 'action:*.approved', label: 'audit:quick.money' },
  { raw: '-result:ok', label: 'audit:quick.bad' },
  { raw: 'action:delivery.unmask', label: 'audit:quick.seen' },
  { raw: 'action:export.*', label: 'audit:quick.files' },
];

interface BarProps {
  query: string;
  onQuery: (query: string) => void;
}

/** The search as text, and the same as chips: either is changed, the other follows. */
export const AuditSearchBar = ({ query, onQuery }: BarProps) => {
  const t = useText();
  const [draft, setDraft] = useState({ of: query, text: query });
  // Another search came by a chip, a link or Back: the text follows.
  if (draft.of !== query) setDraft({ of: query, text: query });
  const tokens = tokensOf(query);
  const fieldOf = (n: number): string => {
    const { field, isNot } = tokens[n] ?? { field: null, isNot: false };
    const name = field ?? t('audit:free');
    return isNot ? t('audit:not', { field: name }) : name;
  };
  return (
    <div className="au-search">
      <div id={AUDIT_INPUT}>
        <SearchBox
          landmark={t('audit:search.landmark')}
          label={t('audit:search.label')}
          placeholder={t('audit:search.placeholder')}
          value={draft.text}
          onChange={(text) => setDraft({ of: query, text })}
          onSubmit={(text) => {
            onQuery(text);
            document.querySelector<HTMLElement>(`#${AUDIT_INPUT} input`)?.blur();
          }}
        />
      </div>
      <FilterChips
        label={t('audit:conditions')}
        chips={tokens.map(({ value }, n) => ({ id: String(n), field: fieldOf(n), value }))}
        onRemove={(id) => onQuery(without(query, Number(id)))}
        removeLabel={({ field, value }) => t('audit:remove', { what: `${field} ${value}` })}
        add={
          <>
            {quick
              .filter(({ raw }) => !tokens.some((token) => token.raw === raw))
              .map(({ raw, label }) => (
                <button key={raw} type="button" className="ow-filter" data-quiet onClick={() => onQuery(withToken(query, raw))}>
                  + {t(label)}
                </button>
              ))}
            {tokens.length > 1 ? (
              <button type="button" className="ow-link" onClick={() => onQuery('')}>
                {t('audit:clear')}
              </button>
            ) : null}
          </>
        }
      />
    </div>
  );
};
