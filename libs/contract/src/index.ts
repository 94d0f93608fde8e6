export * from './live.js';
export * from './live-guards.js';
export * from './live-names.js';
export * from './feed.js';
export * from './session.js';
