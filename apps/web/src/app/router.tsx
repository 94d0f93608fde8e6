import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { validateQueueSearch } from '../features/exceptions/search';
import { validateOrdersSearch } from '../features/orders/search';

import { SignInPage } from '../features/session/sign-in.page';
import { RequestError } from '../shared/graphql';
import { meQuery } from '../shared/me';
import { queryClient } from '../shared/query-client';
import { PageError, PageMissing, PagePending } from './page-states';
import { Shell } from './shell';

interface RouterContext {
  queryClient: QueryClient;
}

const rootRoute = createRootRouteWithContext<RouterContext>()({ component: Outlet, notFoundComponent: PageMissing });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>) => (typeof search['next'] === 'string' ? { next: search['next'] } : {}),
  component: SignInPage,
});

/** Everything below needs a person; without one the way leads over the sign-in and back. */
const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData({ ...meQuery, retry: false });
    } catch (error) {
      if (error instanceof RequestError && error.kind === 'signed-out') throw redirect({ to: '/sign-in', search: { next: location.href } });
      throw error;
    }
  },
  component: Shell,
});

const loose = (search: Record<string, unknown>): object => search;

const page = <Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>, validateSearch = loose) =>
  createRoute({ getParentRoute: () => shellRoute, path, component, validateSearch, pendingComponent: PagePending, errorComponent: PageError });

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/queue' });
  },
});

const routeTree = rootRoute.addChildren([
  indexRoute,
  signInRoute,
  shellRoute.addChildren([
    page('/queue', lazyRouteComponent(() => import('../features/exceptions/queue.page'), 'QueuePage'), validateQueueSearch),
    page('/orders', lazyRouteComponent(() => import('../features/orders/orders.page'), 'OrdersPage'), validateOrdersSearch),
    page('/orders/$orderId', lazyRouteComponent(() => import('../features/orders/order.page'), 'OrderPage')),
    page('/stuck', lazyRouteComponent(() => import('../features/stuck/stuck.page'), 'StuckPage')),
    page('/health', lazyRouteComponent(() => import('../features/health/health.page'), 'HealthPage')),
    page('/approvals', lazyRouteComponent(() => import('../features/approvals/approvals.page'), 'ApprovalsPage')),
    page('/reports', lazyRouteComponent(() => import('../features/reports/reports.page'), 'ReportsPage')),
    page('/gallery', lazyRouteComponent(() => import('@orderwatch/ui/gallery'), 'Gallery')),
  ]),
]);

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultErrorComponent: PageError,
  scrollRestoration: true,
});
