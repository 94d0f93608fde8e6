import { Button, Chip, ErrorBar, KeyValueList, formatCount } from '@orderwatch/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { announce } from '../../shared/announce';
import { minuteText, plural } from '../../shared/format';
import { newMutationId } from '../../shared/graphql';
import { useGlobalKeys } from '../../shared/keys';
import { deadLettersQuery, useReplay, type DeadLetterGroup } from './api';
import { causeWords, replayParts } from './words';

interface ReplayPanelProps {
  group: DeadLetterGroup;
  onClose: () => void;
  canDecide: boolean;
}

/** First what a replay would do, then the replay: the second button says the number the first one found. */
export const ReplayPanel = ({ group, onClose, canDecide }: ReplayPanelProps) => {
  const [ids] = useState(() => ({ dry: newMutationId(), real: newMutationId() }));
  const letters = useQuery(deadLettersQuery(group.connection, group.cause));
  const replay = useReplay();
  const result = replay.data;
  const run = (dryRun: boolean): void =>
    replay.mutate(
      { connection: group.connection, cause: group.cause, dryRun, mutationId: dryRun ? ids.dry : ids.real },
      { onSuccess: (answer) => announce(dryRun ? `Dry run: ${answer.wouldChange} would change` : `Replayed ${answer.tried}: ${answer.wouldChange} changed, ${answer.stillFail} still fail`) },
    );
  useGlobalKeys({ R: () => !replay.isPending && canDecide && run(true) });
  const reason = canDecide ? 'Running' : 'Refresh to replay';
  return (
    <aside className="hl-run" aria-label={`Replay of ${causeWords(group.cause)}`} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <header>
        <h2>Replay {plural(group.letters, 'letter')}</h2>
        {result ? <Chip tone={result.dryRun ? 'blue' : result.wouldChange > 0 ? 'green' : 'neutral'}>{result.dryRun ? 'Dry run' : 'Done'}</Chip> : null}
        <span className="ow-spacer" />
        <button type="button" className="ow-link ow-small" onClick={onClose}>
          Close
        </button>
      </header>
      <p className="hl-cause">
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
          <p role="status">
            {replayParts(result).map((part, i) => (
              <span key={part.id}>
                {i > 0 ? ' · ' : null}
                <b className={part.id === 'fail' && part.n > 0 ? 'ow-red' : undefined}>{formatCount(part.n)}</b> {part.text}
              </span>
            ))}
          </p>
          {result.causes.length > 0 ? <KeyValueList items={result.causes.map((cause, i) => ({ key: cause, label: i === 0 ? 'Still failing' : '', value: causeWords(cause) }))} /> : null}
        </>
      ) : (
        <p className="ow-dim">A dry run reads the kept bytes with today’s code and says what would change. It changes nothing.</p>
      )}
      {letters.data && letters.data.length > 0 ? (
        <ul className="hl-letters" aria-label="Letters">
          {letters.data.slice(0, 6).map((letter) => (
            <li key={letter.id}>
              <span>{letter.detail ?? letter.topic ?? letter.cause}</span>
              <small>
                {letter.topic ?? 'no topic'} · {minuteText(letter.receivedAt)} · {formatCount(letter.bytes)} bytes
              </small>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="hl-acts">
        {result?.dryRun ? (
          <>
            <Button variant="primary" disabled={replay.isPending || !canDecide} reason={reason} onClick={() => run(false)}>
              Replay {formatCount(result.tried)}
            </Button>
            <Button disabled={replay.isPending} reason={reason} onClick={() => run(true)}>
              Dry run again
            </Button>
          </>
        ) : (
          <Button variant="primary" kbd="⇧R" disabled={replay.isPending || !canDecide} reason={reason} onClick={() => run(true)}>
            {result ? 'Dry run again' : 'Dry run'}
          </Button>
        )}
      </div>
    </aside>
  );
};
