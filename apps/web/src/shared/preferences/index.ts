export { changePreferences, onPreferences, preferences, takeServerPreferences, usePreferences } from './store';
export { defaultPreferences, type Density, type KeyboardPreferences, type LanguageChoice, type ListName, type Preferences, type ThemeChoice } from './types';
