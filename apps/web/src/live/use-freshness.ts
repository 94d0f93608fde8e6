import { useNow } from '@orderwatch/ui';
import { useLiveStatus } from '../shared/live-status';
import { answerState, type FreshnessState } from './freshness';

export interface FreshnessView {
  state: FreshnessState;
  /** Since when it is not live, by this machine's clock. */
  since?: number | undefined;
  /** When the answer was made, by this machine's clock. */
  asOf?: number | undefined;
  /** For `StaleBand`: set when the list must look old. */
  staleSince?: number | undefined;
  /** Money and bulk acts need a picture that is not old. */
  canDecide: boolean;
}

/** How old what is on the screen is: the connection's state, made worse by an old or failed answer. */
export const useFreshness = (generatedAt?: string, isFailed = false): FreshnessView => {
  const live = useLiveStatus();
  const now = useNow(5000);
  const asOf = generatedAt === undefined ? undefined : Date.parse(generatedAt) - live.offsetMs;
  const view = answerState(live, { at: asOf, isFailed }, now);
  const isOld = view.state === 'stale' || view.state === 'offline' || view.state === 'error';
  return { ...view, asOf, staleSince: isOld ? (view.since ?? asOf) : undefined, canDecide: !isOld };
};
