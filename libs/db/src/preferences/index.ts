export { PreferenceStore, type KeptPreferences } from './preference.store.js';
