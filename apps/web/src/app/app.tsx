import './app.css';
import { UiProvider } from '@orderwatch/ui';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useMemo } from 'react';
import { Announcer } from '../shared/announce';
import { useText } from '../shared/i18n';
import { queryClient } from '../shared/query-client';
import { useAppearance } from './appearance';
import { router } from './router';
import { TimeProvider } from './time-provider';
import { uiWords } from './ui-words';

/** Below the provider of colours, because it sets them. */
const Appearance = () => {
  useAppearance();
  return null;
};

export const App = () => {
  const t = useText();
  const words = useMemo(() => uiWords(t), [t]);
  return (
    <QueryClientProvider client={queryClient}>
      <UiProvider words={words}>
        <Appearance />
        <TimeProvider>
          <RouterProvider router={router} />
        </TimeProvider>
        <Announcer />
      </UiProvider>
    </QueryClientProvider>
  );
};
