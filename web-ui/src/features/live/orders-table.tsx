import { type ReactNode, useState } from 'react';
import { useEvents, useTopicState } from '../../api/live-topic';
import { usePermission } from '../../api/permissions';
import { marketNow, useAccountTopics } from '../../api/system';
import { useTopicPanelState } from '../../api/topic-panel-state';
import type { Live, Order } from '../../api/types';
import { formatPrice, formatTime, humanise, MISSING } from '../../lib/format';
import { type Column, DataTable } from '../../ui/data-table';
import { Panel } from '../../ui/panel';
import { SideTag } from '../../ui/side-tag';
import { CancelDialog } from './cancel-dialog';
import { useQuote } from './instrument';

const COLUMNS: readonly Column[] = [
  { key: 'time', header: 'Time', align: 'right' },
  { key: 'symbol', header: 'Symbol' },
  { key: 'side', header: 'Side' },
  { key: 'action', header: 'Action', wideOnly: true },
  { key: 'units', header: 'Units', align: 'right' },
  { key: 'price', header: 'Price', align: 'right' },
  { key: 'state', header: 'State' },
  { key: 'why', header: 'Reason', wideOnly: true },
  { key: 'actions', header: 'Actions', align: 'right' },
];

/** States in which an order may still be cancelled. */
const WORKING = new Set(['NEW', 'SENT', 'ACCEPTED', 'PARTIALLY_FILLED', 'UNKNOWN']);

/** Orders of ours with where each stands, the latest first. */
export function OrdersTable({ tabs }: { tabs: ReactNode }) {
  const { orders } = useAccountTopics();
  const topic = useTopicState(orders);
  const rows = useEvents(orders);
  const [cancelling, setCancelling] = useState<Live<Order> | null>(null);
  const working = rows.filter((order) => WORKING.has(order.state)).length;
  const state = useTopicPanelState({
    what: 'orders',
    topic,
    empty: rows.length === 0 ? 'No orders yet.' : null,
  });
  return (
    <Panel
      title={working > 0 ? `Orders (${working} working)` : 'Orders'}
      area="trades"
      state={state}
      actions={tabs}
      dialogs={
        cancelling && <CancelDialog order={cancelling} onClose={() => setCancelling(null)} />
      }
    >
      <DataTable
        label="Orders"
        columns={COLUMNS}
        keys={rows.map((order) => order.id)}
        row={(_id, index) => {
          const order = rows[index];
          return order ? <OrderRow order={order} onCancel={() => setCancelling(order)} /> : null;
        }}
      />
    </Panel>
  );
}

/** The reason code where there is one, then what the broker (a code) or the engine said. */
function reasonOf({ reason, detail }: Live<Order>): string {
  const said = [
    reason === 'NONE' ? '' : humanise(reason),
    /^[A-Z][A-Z_]+$/.test(detail ?? '') ? humanise(detail) : detail,
  ];
  return said.filter((part) => part).join('. ') || MISSING;
}

function OrderRow({ order, onCancel }: { order: Live<Order>; onCancel: () => void }) {
  const cancel = usePermission('cancelOrder');
  const digits = useQuote(order.symbol)?.digits ?? 5;
  const cancellable = WORKING.has(order.state) && order.order_id !== null;
  return (
    <tr>
      <td className="num">{formatTime(order.time, marketNow())}</td>
      <td>{order.symbol}</td>
      <td>
        <SideTag side={order.type} />
      </td>
      <td className="wide-only">{humanise(order.action)}</td>
      <td className="num">{Number(order.units).toLocaleString('en-GB')}</td>
      <td className="num" title={askedOf(order, digits)}>
        {formatPrice(order.price, digits)}
      </td>
      <td>
        <span className={`state ${toneOf(order.state)}`}>{humanise(order.state)}</span>
      </td>
      <td className="wide-only ellipsis" title={order.detail || undefined}>
        {reasonOf(order)}
      </td>
      <td className="num actions">
        {cancellable && (
          <button
            type="button"
            className="button row"
            disabled={!cancel.allowed}
            title={cancel.reason ?? 'Cancel this order'}
            aria-label={`Cancel order ${order.order_id} ${order.symbol}`}
            onClick={onCancel}
          >
            Cancel
          </button>
        )}
      </td>
    </tr>
  );
}

/** What the order asks for besides its price; undefined for nothing. */
function askedOf(order: Live<Order>, digits: number): string | undefined {
  const asked = [
    order.sl === null ? '' : `stop ${formatPrice(order.sl, digits)}`,
    order.tp === null ? '' : `target ${formatPrice(order.tp, digits)}`,
    order.expires === null ? '' : `until ${formatTime(order.expires, marketNow())}`,
  ].filter(Boolean);
  return asked.length > 0 ? asked.join(', ') : undefined;
}

function toneOf(state: string): string {
  if (state === 'FILLED') {
    return 'good';
  }
  if (state === 'REJECTED' || state === 'NOT_SENT') {
    return 'bad';
  }
  return state === 'UNKNOWN' ? 'warn' : 'plain';
}
