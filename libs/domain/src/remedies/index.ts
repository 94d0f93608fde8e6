export * from './remedy.js';
export * from './facts.js';
export * from './policy.js';
export * from './decide.js';
