export { NameTaken, SavedViewStore, type NewSavedView, type SavedViewChange, type SavedViewRecord } from './saved-view.store.js';
export { countViews, type ViewToCount } from './view-counts.js';
