export { useLiveConnection } from './use-live-connection';
export { useTopic } from './use-topic';
export { useFreshness, type FreshnessView } from './use-freshness';
export type { FreshnessState } from './freshness';
