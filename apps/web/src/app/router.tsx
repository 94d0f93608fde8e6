import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect, retainSearchParams } from '@tanstack/react-router';
import { auditSearch } from '../features/audit/search';
import { askQueue } from '../features/exceptions/ask-queue';
import { validateQueueSearch } from '../features/exceptions/search';
import { validateOrderSearch, validateOrdersSearch } from '../features/orders/search';
import { stuckSearch } from '../features/stuck/search';
import { noting } from '../shared/address/notes';
import { RequestError } from '../shared/graphql';
import { loadTexts, type Namespace } from '../shared/i18n';
import { meQuery } from '../shared/me';
import { queryClient } from '../shared/query-client';
import { isZoneMode, showZone, type ZoneMode } from '../shared/zone';
import { PageError, PageMissing, PagePending } from './page-states';
import { Shell } from './shell';

interface RouterContext {
  queryClient: QueryClient;
}

/** In the address of every page: whose clock is shown, so that a shared link shows the same; and a language to look at. */
interface FrameSearch {
  tz?: Exclude<ZoneMode, 'mine'>;
  locale?: string;
}

const validateFrameSearch = ({ tz, locale }: Record<string, unknown>): FrameSearch => ({
  ...(isZoneMode(tz) && tz !== 'mine' ? { tz } : {}),
  ...(typeof locale === 'string' ? { locale } : {}),
});

const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: PageMissing,
  validateSearch: validateFrameSearch,
  search: { middlewares: [retainSearchParams(['tz', 'locale'])] },
  beforeLoad: ({ search, preload }) => {
    if (!preload) showZone(search.tz ?? 'mine');
  },
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>) => (typeof search['next'] === 'string' ? { next: search['next'] } : {}),
  component: lazyRouteComponent(() => import('../features/session/sign-in.page'), 'SignInPage'),
});

const whoIsThere = { ...meQuery, retry: false };

/** Everything below needs a person; without one the way leads over the sign-in and back. */
const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(whoIsThere);
    } catch (error) {
      if (error instanceof RequestError && error.kind === 'signed-out') throw redirect({ to: '/sign-in', search: { next: location.href } });
      throw error;
    }
  },
  component: Shell,
});

const loose = (search: Record<string, unknown>): object => search;

/** So long the first drawing waits for its rows, in milliseconds: drawn without them and once more with them, it takes half as long again. */
const PATIENCE_MS = 400;
let firstRows: Promise<void> | undefined;

interface Page<Path extends string> {
  path: Path;
  /** The page and its texts come together. */
  component: ReturnType<typeof lazyRouteComponent>;
  validateSearch?: (search: Record<string, unknown>) => object;
  /** What its drawing waits for. */
  loader?: () => Promise<void> | undefined;
}

const page = <Path extends string>({ path, component, validateSearch, loader }: Page<Path>) =>
  createRoute({
    getParentRoute: () => shellRoute,
    path,
    component,
    ...(loader ? { loader } : {}),
    validateSearch: validateSearch ? noting(path, validateSearch) : loose,
    pendingComponent: PagePending,
    errorComponent: PageError,
  });

/** A page's code together with the texts it needs. */
const withTexts = async <Module,>(module: Promise<Module>, ...names: readonly Namespace[]): Promise<Module> => {
  await loadTexts(...names);
  return module;
};

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
    page({ path: '/queue', component: lazyRouteComponent(() => withTexts(import('../features/exceptions/queue.page'), 'queue'), 'QueuePage'), validateSearch: validateQueueSearch, loader: () => firstRows }),
    page({ path: '/orders', component: lazyRouteComponent(() => withTexts(import('../features/orders/orders.page'), 'orders'), 'OrdersPage'), validateSearch: validateOrdersSearch }),
    page({ path: '/orders/$orderId', component: lazyRouteComponent(() => withTexts(import('../features/orders/order.page'), 'order'), 'OrderPage'), validateSearch: validateOrderSearch }),
    page({ path: '/stuck', component: lazyRouteComponent(() => withTexts(import('../features/stuck/stuck.page'), 'stuck', 'queue'), 'StuckPage'), validateSearch: stuckSearch }),
    page({ path: '/health', component: lazyRouteComponent(() => withTexts(import('../features/health/health.page'), 'health'), 'HealthPage') }),
    page({ path: '/approvals', component: lazyRouteComponent(() => withTexts(import('../features/approvals/approvals.page'), 'approvals', 'remedies'), 'ApprovalsPage') }),
    page({ path: '/reports', component: lazyRouteComponent(() => withTexts(import('../features/reports/reports.page'), 'reports'), 'ReportsPage') }),
    page({ path: '/audit', component: lazyRouteComponent(() => withTexts(import('../features/audit/audit.page'), 'audit', 'remedies'), 'AuditPage'), validateSearch: auditSearch }),
    page({ path: '/evidence/$remedyId', component: lazyRouteComponent(() => withTexts(import('../features/audit/evidence.page'), 'audit', 'remedies'), 'EvidencePage') }),
    page({ path: '/settings', component: lazyRouteComponent(() => withTexts(import('../features/settings/settings.page'), 'settings'), 'SettingsPage') }),
    page({ path: '/gallery', component: lazyRouteComponent(() => import('@orderwatch/ui/gallery'), 'Gallery') }),
  ]),
]);

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  // A page that is there is shown.
  defaultPendingMinMs: 0,
  defaultErrorComponent: PageError,
  scrollRestoration: true,
});

/**
 * What the page in the address needs is asked for at once: who is there, its code and, of the page that one waits for most often, its list.
 * One after the other would take as long as all of them together.
 */
export const askForPage = (): void => {
  const { pathname, search } = router.latestLocation;
  const [matched] = router.getMatchedRoutes(pathname);
  if (matched.some(({ id }) => id === shellRoute.id)) void queryClient.prefetchQuery(whoIsThere);
  for (const { options } of matched) void (options.component as { preload?: () => Promise<void> } | undefined)?.preload?.();
  if (pathname === '/queue') firstRows = Promise.race([askQueue(queryClient, search), new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS))]);
};
