import { Button, Chip, ErrorBar, KeyValueList, formatCount } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { announce } from '../../shared/announce';
import { minuteText } from '../../shared/format';
import { useCommands } from '../../shared/commands';
import { newMutationId } from '../../shared/graphql';
import { useText } from '../../shared/i18n';
import { deadLettersQuery, useReplay, type DeadLetterGroup } from './api';
import { causeWords, replayParts } from './words';

interface ReplayPanelProps {
  group: DeadLetterGroup;
  onClose: () => void;
  canDecide: boolean;
}

/** First what a replay would do, then the replay: the second button says the number the first one found. */
export const ReplayPanel = ({ group, onClose, canDecide }: ReplayPanelProps) => {
  const t = useText();
  const [ids] = useState(() => ({ dry: newMutationId(), real: newMutationId() }));
  const letters = useQuery(deadLettersQuery(group.connection, group.cause));
  const replay = useReplay();
  const result = replay.data;
  const run = (dryRun: boolean): void =>
    replay.mutate(
      { connection: group.connection, cause: group.cause, dryRun, mutationId: dryRun ? ids.dry : ids.real },
      { onSuccess: (answer) => announce(dryRun ? t('health:replay.saidDry', { changes: answer.wouldChange }) : t('health:replay.said', { tried: answer.tried, changes: answer.wouldChange, fail: answer.stillFail })) },
    );
  useCommands([
    { id: 'health.dryRun', keys: ['Shift+R'], label: 'health:command.dryRun', section: 'item', scope: 'screen', isAllowed: () => ({ allowed: !replay.isPending && canDecide }), run: () => run(true) },
  ]);
  const reason = canDecide ? t('health:replay.running') : t('health:replay.stale');
  return (
    <aside className="hl-run" aria-label={t('health:replay.label', { cause: causeWords(group.cause) })} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <header>
        <h2>{t('health:replay.title', { count: group.letters })}</h2>
        {result ? <Chip tone={result.dryRun ? 'blue' : result.wouldChange > 0 ? 'green' : 'neutral'}>{result.dryRun ? t('health:replay.dry') : t('health:replay.done')}</Chip> : null}
        <span className="ow-spacer" />
        <button type="button" className="ow-link ow-small" onClick={onClose}>
          {t('health:replay.close')}
        </button>
      </header>
      <p className="hl-cause" translate="no">
        {causeWords(group.cause)} <span className="ow-dim">· {group.source}</span>
      </p>
      {replay.error ? <ErrorBar>{replay.error.message}</ErrorBar> : null}
      {result ? (
        <>
          <div className="hl-split" aria-hidden="true">
            {replayParts(result)
              .filter((part) => part.n > 0)
              .map((part) => (
                <i key={part.id} data-part={part.id} style={{ flexGrow: part.n }} />
              ))}
          </div>
          <p>
            {replayParts(result).map((part, i) => (
              <span key={part.id}>
                {i > 0 ? ' · ' : null}
                <b className={part.id === 'fail' && part.n > 0 ? 'ow-red' : undefined}>{formatCount(part.n)}</b> {part.text}
              </span>
            ))}
          </p>
          {result.causes.length > 0 ? <KeyValueList items={result.causes.map((cause, i) => ({ key: cause, label: i === 0 ? t('health:replay.still') : '', value: <span translate="no">{causeWords(cause)}</span> }))} /> : null}
        </>
      ) : (
        <p className="ow-dim">{t('health:replay.why')}</p>
      )}
      {letters.data && letters.data.length > 0 ? (
        <ul className="hl-letters" aria-label={t('health:replay.letters')}>
          {letters.data.slice(0, 6).map((letter) => (
            <li key={letter.id}>
              <span translate="no">{letter.detail ?? letter.topic ?? letter.cause}</span>
              <small>
                {letter.topic ? <span translate="no">{letter.topic}</span> : t('health:replay.noTopic')} · {minuteText(letter.receivedAt)} · {t('health:replay.bytes', { n: formatCount(letter.bytes) })}
              </small>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="hl-acts">
        {result?.dryRun ? (
          <>
            <Button variant="primary" disabled={replay.isPending || !canDecide} reason={reason} onClick={() => run(false)}>
              {t('health:replay.run', { n: formatCount(result.tried) })}
            </Button>
            <Button disabled={replay.isPending} reason={reason} onClick={() => run(true)}>
              {t('health:replay.again')}
            </Button>
          </>
        ) : (
          <Button variant="primary" kbd="⇧R" disabled={replay.isPending || !canDecide} reason={reason} onClick={() => run(true)}>
            {result ? t('health:replay.again') : t('health:replay.dry')}
          </Button>
        )}
      </div>
    </aside>
  );
};
