export { startEmbedded, type Embedded, type EmbeddedOptions } from './start-embedded.js';
export { startThrowaway } from './throwaway.js';
