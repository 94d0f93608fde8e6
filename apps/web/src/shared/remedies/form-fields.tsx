import { formatTime } from '@orderwatch/ui';
import { useText } from '../i18n';
import type { RemedyKind } from '../../gql';
import { withPieces, type Draft, type Subject } from './draft';

interface FieldsProps {
  draft: Draft;
  subject: Subject;
  onChange: (draft: Draft) => void;
}

/** The lines it is for, piece by piece. */
export const LinesField = ({ draft, subject, kind, onChange }: FieldsProps & { kind: Exclude<RemedyKind, 'credit'> }) => {
  const t = useText();
  const set = (id: string, n: number): void => onChange(withPieces(draft, subject, id, n));
  return (
    <fieldset>
      <legend>{t(`remedies:form.lines.${kind}`)}</legend>
      {subject.lines.map(({ id, title, pieces }) => {
        const n = draft.pieces[id] ?? 0;
        return (
          <div key={id} className="rm-line">
            <label>
              <input type="checkbox" checked={n > 0} onChange={() => set(id, n > 0 ? 0 : pieces)} /> <span translate="no">{title}</span>
            </label>
            {pieces > 1 ? (
              <span className="rm-pieces">
                <select aria-label={t('remedies:form.pieces', { title })} value={n} onChange={(event) => set(id, Number(event.currentTarget.value))}>
                  {Array.from({ length: pieces + 1 }, (_, i) => (
                    <option key={i} value={i}>
                      {i}
                    </option>
                  ))}
                </select>{' '}
                {t('remedies:form.ofPieces', { n: pieces })}
              </span>
            ) : null}
          </div>
        );
      })}
      {subject.lines.length === 0 ? <span className="ow-dim">{t('remedies:form.noLines')}</span> : null}
    </fieldset>
  );
};

/** The facts it rests on, in the words of the timeline. */
export const FactsField = ({ draft, subject, onChange }: FieldsProps) => {
  const t = useText();
  const { factIds } = draft;
  const flip = (id: string): void => onChange({ ...draft, factIds: factIds.includes(id) ? factIds.filter((each) => each !== id) : [...factIds, id] });
  return (
    <fieldset>
      <legend>{t('remedies:form.evidence')}</legend>
      {subject.choices.map((choice) => (
        <label key={choice.factId} className="rm-fact">
          <input type="checkbox" checked={factIds.includes(choice.factId)} onChange={() => flip(choice.factId)} />
          <span translate="no">
            {choice.text}
            <small>{[choice.source, choice.at ? formatTime(choice.at, 'minute') : undefined].filter(Boolean).join(' · ')}</small>
          </span>
        </label>
      ))}
      {subject.choices.length === 0 ? <span className="ow-dim">{t('remedies:form.noFacts')}</span> : null}
    </fieldset>
  );
};
