import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { LOG_LEVELS, type LogFilter } from '../api/logs';
import { restoreSession } from '../api/session';
import { PERIODS, type Period } from '../api/types';
import { LoginRoute } from './login-route';
import { Shell } from './shell';

const rootRoute = createRootRoute({ component: Outlet });

type LoginSearch = { next?: string };

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: (search): LoginSearch =>
    typeof search.next === 'string' && /^\/(?!\/)/.test(search.next) ? { next: search.next } : {},
  component: LoginRoute,
});

const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    if (!(await restoreSession())) {
      throw redirect({ to: '/login', search: { next: location.href } });
    }
  },
  component: Shell,
});

const indexRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/live' });
  },
});

export type LiveTab = 'positions' | 'orders' | 'trades';
export type LiveSearch = { symbol?: string; tf?: Period; tab?: LiveTab };

const TABS: readonly LiveTab[] = ['positions', 'orders', 'trades'];

const liveRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/live',
  validateSearch: (search): LiveSearch => ({
    symbol:
      typeof search.symbol === 'string' && /^[A-Z0-9]{3,20}$/.test(search.symbol)
        ? search.symbol
        : undefined,
    tf: PERIODS.find((period) => period === search.tf),
    tab: TABS.find((tab) => tab === search.tab),
  }),
  component: lazyRouteComponent(() => import('../features/live/live-page'), 'LivePage'),
});

const workersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/ops/workers',
  component: lazyRouteComponent(() => import('../features/ops/workers-page'), 'WorkersPage'),
});

const logsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/ops/logs',
  validateSearch: (search): LogFilter => ({
    level: LOG_LEVELS.find((level) => level === search.level),
    worker: matching(search.worker, /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
    instance_id: typeof search.instance_id === 'number' ? search.instance_id : undefined,
    correlation: matching(search.correlation, /^[0-9a-f]{1,16}$/),
    text: matching(search.text, /^.{1,200}$/),
  }),
  component: lazyRouteComponent(() => import('../features/ops/logs-page'), 'LogsPage'),
});

/** A number in the address, such as a correlation of digits, is a text all the same. */
function matching(value: unknown, pattern: RegExp): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && pattern.test(text) ? text : undefined;
}

const routeTree = rootRoute.addChildren([
  loginRoute,
  shellRoute.addChildren([indexRoute, liveRoute, workersRoute, logsRoute]),
]);

export const router = createRouter({ routeTree, defaultPreload: false });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
