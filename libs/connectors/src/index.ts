export * from './connector.js';
export * from './registry.js';
export * from './ids.js';
export * from './carrier.js';
export { canonicalText, cleanText, isObject, NumberText, readJson } from './json.js';
export { LARGEST_BATCH, splitEvents, type FeedItem } from './events/split.js';
export { type CallResult, type ShopifyAccess } from './shopify/admin-api.js';
export * from './shopify/client.js';
