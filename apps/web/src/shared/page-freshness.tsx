import { FreshnessChip } from '@orderwatch/ui';
import { useLiveStatus } from './live-status';

interface PageFreshnessProps {
  /** The server's time of the answer on the screen. */
  generatedAt?: string | undefined;
  isFailed?: boolean | undefined;
  absolute?: boolean | undefined;
}

export const PageFreshness = ({ generatedAt, isFailed = false, absolute }: PageFreshnessProps) => {
  const live = useLiveStatus();
  const answer = generatedAt === undefined ? undefined : Date.parse(generatedAt) - live.offsetMs;
  const state = isFailed && live.state === 'live' ? 'error' : live.state;
  return <FreshnessChip state={state} asOf={state === 'stale' ? (live.since ?? answer) : answer} absolute={absolute} />;
};
