import './frame.css';
import type { ReactNode } from 'react';
import { formatTime } from '../time/relative-time';
import { useWords } from '../words';

interface StaleBandProps {
  /** Since when nothing has come; undefined while live. */
  since?: number | undefined;
  /** Said after the time, e.g. "You can read and draft." */
  note?: ReactNode;
  children: ReactNode;
}

/** Makes old data look old: a hatched edge down the list and a line that says since when. Text keeps its contrast. */
export const StaleBand = ({ since, note, children }: StaleBandProps) => {
  const words = useWords();
  return (
    <div className="ow-stale" data-stale={since !== undefined}>
      {since === undefined ? null : (
        <div className="ow-stale-head">
          <span>{words.notLiveSince(formatTime(since, 'clock'))}</span>
          {note === undefined ? null : <span style={{ fontWeight: 400 }}>{note}</span>}
        </div>
      )}
      {children}
    </div>
  );
};
