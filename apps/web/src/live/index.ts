export { handsFree } from './hands-free';
export { loadSocket } from './load-socket';
export { useLiveConnection } from './use-live-connection';
export { useTopic } from './use-topic';
export { useFreshness, type FreshnessView } from './use-freshness';
export type { FreshnessState } from './freshness';
export { usePeopleAt, usePresence } from './use-presence';
export type { PersonAt } from './presence';
