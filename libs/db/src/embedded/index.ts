export { startEmbedded, type Embedded, type EmbeddedOptions } from './start-embedded.js';
export { startThrowaway, throwawayFolder, type ThrowawayOptions } from './throwaway.js';
