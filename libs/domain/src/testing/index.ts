export * from './histories.js';
