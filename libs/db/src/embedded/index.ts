export { startEmbedded, type Embedded, type EmbeddedOptions } from './start-embedded.js';
export { startThrowaway, type ThrowawayOptions } from './throwaway.js';
