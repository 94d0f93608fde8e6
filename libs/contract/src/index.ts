export * from './live.js';
export * from './feed.js';
