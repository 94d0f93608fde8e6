import './mantine-styles';
import '@fontsource-variable/inter';
import './tokens.css';
import './base.css';
import './forced-colors.css';
import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { cssVariablesResolver, theme } from './theme';
import { defaultWords, WordsContext, type Words } from './words';

interface UiProviderProps {
  children: ReactNode;
  /** Fixes the scheme, for pictures and tests; otherwise the person's choice, else the system's. */
  forceScheme?: 'light' | 'dark' | undefined;
  words?: Partial<Words> | undefined;
}

export const UiProvider = ({ children, forceScheme, words }: UiProviderProps) => (
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariablesResolver}
    defaultColorScheme="auto"
    {...(forceScheme ? { forceColorScheme: forceScheme } : {})}
  >
    <WordsContext.Provider value={{ ...defaultWords, ...words }}>{children}</WordsContext.Provider>
  </MantineProvider>
);
