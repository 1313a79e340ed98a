import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useHistory } from '../../api/history';
import { usePermission } from '../../api/permissions';
import { marketNow } from '../../api/system';
import type { Trade } from '../../api/types';
import { formatLots, formatTime } from '../../lib/format';
import { type Column, DataTable } from '../../ui/data-table';
import { Panel } from '../../ui/panel';
import { PnlCell } from '../../ui/pnl-cell';
import { PriceCell } from '../../ui/price-cell';
import { SideTag } from '../../ui/side-tag';
import { useQuote } from './instrument';
import { queryPanelState } from './query-panel-state';

const LIMIT = 200;

const COLUMNS: readonly Column[] = [
  { key: 'closed', header: 'Closed', align: 'right' },
  { key: 'symbol', header: 'Symbol' },
  { key: 'side', header: 'Side' },
  { key: 'lots', header: 'Lots', align: 'right' },
  { key: 'open', header: 'Open price', align: 'right', wideOnly: true },
  { key: 'close', header: 'Close price', align: 'right' },
  { key: 'profit', header: 'P/L', align: 'right' },
  { key: 'strategy', header: 'Strategy', wideOnly: true },
  { key: 'opened', header: 'Opened', align: 'right', wideOnly: true },
  { key: 'ticket', header: 'Ticket', align: 'right', wideOnly: true },
];

/** Trades that are over, the latest first. */
export function ClosedTrades({ tabs }: { tabs: ReactNode }) {
  const history = useHistory({ is_open: false, limit: LIMIT });
  const trades = history.data?.trades ?? [];
  const total = history.data?.total ?? 0;
  const state = queryPanelState(history, 'closed trades', (page) =>
    page.trades.length === 0 ? 'No trade is closed yet.' : null,
  );
  return (
    <Panel
      title={
        total > LIMIT ? `Closed trades (latest ${LIMIT} of ${total})` : `Closed trades (${total})`
      }
      area="trades"
      state={state}
      actions={tabs}
    >
      <DataTable
        label="Closed trades"
        columns={COLUMNS}
        keys={trades.map((trade) => `${trade.ticket}:${trade.close_time}`)}
        row={(_key, index) => {
          const trade = trades[index];
          return trade ? <TradeRow trade={trade} /> : null;
        }}
      />
    </Panel>
  );
}

function TradeRow({ trade }: { trade: Trade }) {
  const digits = useQuote(trade.symbol)?.digits ?? 5;
  const now = marketNow();
  return (
    <tr>
      <td className="num">
        {formatTime(trade.close_time ? Date.parse(trade.close_time) : null, now)}
      </td>
      <td>{trade.symbol}</td>
      <td>
        <SideTag side={trade.type} />
      </td>
      <td className="num">{formatLots(trade.volume)}</td>
      <td className="num wide-only">
        <PriceCell value={trade.open_price} digits={digits} />
      </td>
      <td className="num">
        <PriceCell value={trade.close_price} digits={digits} />
      </td>
      <td className="num">
        <PnlCell value={trade.profit} />
      </td>
      <td className="wide-only ellipsis">{trade.instance_id === 0 ? 'by hand' : trade.strategy}</td>
      <td className="num wide-only">{formatTime(Date.parse(trade.open_time), now)}</td>
      <td className="num wide-only">
        <Ticket trade={trade} />
      </td>
    </tr>
  );
}

/** Leads to everything that was logged of the trade, for those who may read it. */
function Ticket({ trade }: { trade: Trade }) {
  const logs = usePermission('listLogs');
  if (!logs.allowed || trade.correlation === null) {
    return <>{trade.ticket}</>;
  }
  return (
    <Link
      className="link"
      to="/ops/logs"
      search={{ correlation: trade.correlation }}
      title="Its log lines"
    >
      {trade.ticket}
    </Link>
  );
}
