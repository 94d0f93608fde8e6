import { FreshnessChip } from '@orderwatch/ui';
import { useFreshness } from '../live';

interface PageFreshnessProps {
  /** The server's time of the answer on the screen. */
  generatedAt?: string | undefined;
  isFailed?: boolean | undefined;
  absolute?: boolean | undefined;
}

export const PageFreshness = ({ generatedAt, isFailed = false, absolute }: PageFreshnessProps) => {
  const { state, since, asOf } = useFreshness(generatedAt, isFailed);
  return <FreshnessChip state={state} asOf={state === 'stale' ? (since ?? asOf) : asOf} absolute={absolute} />;
};
