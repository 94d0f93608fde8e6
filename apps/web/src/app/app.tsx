import './app.css';
import { UiProvider } from '@orderwatch/ui';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Announcer } from '../shared/announce';
import { queryClient } from '../shared/query-client';
import { router } from './router';

export const App = () => (
  <QueryClientProvider client={queryClient}>
    <UiProvider>
      <RouterProvider router={router} />
      <Announcer />
    </UiProvider>
  </QueryClientProvider>
);
