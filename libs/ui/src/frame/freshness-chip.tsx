import './frame.css';
import { Dot } from '../primitives/chip';
import { formatDuration } from '../time/duration';
import { formatTime } from '../time/relative-time';
import { useNow } from '../time/ticker';
import { useWords } from '../words';

export type Freshness = 'live' | 'catching-up' | 'stale' | 'offline' | 'error';

interface FreshnessChipProps {
  state: Freshness;
  /** When the newest answer on the screen was made, by the server's clock as corrected by the caller. */
  asOf?: number | undefined;
  /** A page whose figures are for one instant says the instant instead of an age. */
  absolute?: boolean | undefined;
}

const tones = { live: 'green', 'catching-up': 'amber', stale: 'amber', offline: 'red', error: 'red' } as const;

/** How old is what I see. Once it is not live, ages give way to the clock: an age that grows looks alive. */
export const FreshnessChip = ({ state, asOf, absolute = false }: FreshnessChipProps) => {
  const words = useWords();
  const now = useNow(1000);
  const state_ = { live: words.live, 'catching-up': words.catchingUp, stale: words.stale, offline: words.offline, error: words.failed };
  const clock = asOf === undefined ? undefined : formatTime(asOf, 'clock');
  const age = asOf === undefined ? undefined : words.ago(formatDuration(Math.max(0, now - asOf), words));
  const when = state === 'live' && !absolute ? age : clock;
  const text = state === 'stale' && clock ? words.notLiveSince(clock) : `${state_[state]}${when ? ` · ${words.asOf(when)}` : ''}`;
  return (
    <span className="ow-fresh" data-state={state}>
      <Dot tone={tones[state]} />
      <span className="ow-clip">{text}</span>
    </span>
  );
};
