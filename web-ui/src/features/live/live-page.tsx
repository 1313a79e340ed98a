import './live.css';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { quotes, useFeedStatus } from '../../api/feed';
import { useRowIds } from '../../api/live-topic';
import { usePermission } from '../../api/permissions';
import type { Period } from '../../api/types';
import { NO_NEW_ORDERS_AFTER_MS } from '../../lib/feed-client';
import { EquityPanel } from './equity-panel';
import { OrderDialog } from './order-dialog';
import { PerformanceCards } from './performance-cards';
import { PhoneBar } from './phone-bar';
import { PriceChartPanel } from './price-chart-panel';
import { SignalFeed } from './signal-feed';
import { StrategyList } from './strategy-list';
import { TradesPanel, type TradesTab } from './trades-panel';
import { useTradeRefresh } from './use-trade-refresh';
import { WatchList } from './watch-list';

type Search = { symbol?: string; tf?: Period; tab?: TradesTab };

/** Everything that happens now. Symbol, timeframe and tab are in the address. */
export function LivePage() {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const ids = useRowIds(quotes);
  const [selected, setSelected] = useState<string | null>(null);
  const [ordering, setOrdering] = useState(false);
  useTradeRefresh();

  const symbol = search.symbol ?? ids[0] ?? '';
  const period = search.tf ?? 'M1';
  const tab = search.tab ?? 'positions';
  const order = useOrderPermission();

  const change = useCallback(
    (next: Search) =>
      void navigate({
        to: '/live',
        search: (held: Search) => ({ ...held, ...next }),
        replace: true,
      }),
    [navigate],
  );

  const select = useCallback(
    (id: string | null, symbolOfPosition: string) => {
      setSelected(id);
      if (id !== null) {
        change({ symbol: symbolOfPosition });
      }
    },
    [change],
  );

  // With Alt it is a chord: no bare letter opens anything that trades.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey && event.code === 'KeyO' && order === null) {
        event.preventDefault();
        setOrdering(true);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [order]);

  return (
    <div className="live">
      <h1 className="sr-only">Live</h1>
      <PerformanceCards />
      <WatchList
        symbol={symbol}
        onSymbol={(next) => change({ symbol: next })}
        orderBlocked={order}
        onOrder={() => setOrdering(true)}
      />
      <PriceChartPanel
        symbol={symbol}
        period={period}
        selected={selected}
        onPeriod={(tf) => change({ tf })}
      />
      <TradesPanel
        tab={tab}
        onTab={(next) => change({ tab: next })}
        selected={selected}
        onSelect={select}
      />
      <EquityPanel />
      <SignalFeed />
      <StrategyList />
      <PhoneBar orderBlocked={order} onOrder={() => setOrdering(true)} />
      {ordering && symbol !== '' && (
        <OrderDialog symbol={symbol} onClose={() => setOrdering(false)} />
      )}
    </div>
  );
}

/** Why no new order can be made now; null if one can. Closing is never blocked by silence. */
function useOrderPermission(): string | null {
  const permission = usePermission('trade');
  const { silenceMs } = useFeedStatus();
  if (!permission.allowed) {
    return permission.reason;
  }
  return silenceMs > NO_NEW_ORDERS_AFTER_MS ? 'No prices for more than 10 s' : null;
}
