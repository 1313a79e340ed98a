import { memo, type ReactNode, useCallback, useState } from 'react';
import { useRow, useRowIds, useTopicState } from '../../api/live-topic';
import { usePermission } from '../../api/permissions';
import { marketNow, useAccountTopics } from '../../api/system';
import { useTopicPanelState } from '../../api/topic-panel-state';
import { formatLots, formatTime } from '../../lib/format';
import { type Column, DataTable } from '../../ui/data-table';
import { Panel } from '../../ui/panel';
import { PnlCell } from '../../ui/pnl-cell';
import { PriceCell } from '../../ui/price-cell';
import { SideTag } from '../../ui/side-tag';
import { CloseDialog } from './close-dialog';
import { ModifyDialog } from './modify-dialog';

const COLUMNS: readonly Column[] = [
  { key: 'symbol', header: 'Symbol' },
  { key: 'side', header: 'Side' },
  { key: 'lots', header: 'Lots', align: 'right' },
  { key: 'open', header: 'Open price', align: 'right', wideOnly: true },
  { key: 'price', header: 'Price', align: 'right' },
  { key: 'sl', header: 'SL', align: 'right', wideOnly: true },
  { key: 'tp', header: 'TP', align: 'right', wideOnly: true },
  { key: 'profit', header: 'P/L', align: 'right' },
  { key: 'strategy', header: 'Strategy', wideOnly: true },
  { key: 'opened', header: 'Opened', align: 'right', wideOnly: true },
  { key: 'ticket', header: 'Ticket', align: 'right', wideOnly: true },
  { key: 'actions', header: 'Actions', align: 'right' },
];

type PositionsTableProps = {
  tabs: ReactNode;
  selected: string | null;
  onSelect: (id: string | null, symbol: string) => void;
};

type Open = { dialog: 'close' | 'modify'; id: string } | null;

export function PositionsTable({ tabs, selected, onSelect }: PositionsTableProps) {
  const { positions } = useAccountTopics();
  const topic = useTopicState(positions);
  const ids = useRowIds(positions);
  const [open, setOpen] = useState<Open>(null);
  const openDialog = useCallback(
    (dialog: 'close' | 'modify', id: string) => setOpen({ dialog, id }),
    [],
  );
  const state = useTopicPanelState({
    what: 'positions',
    topic,
    empty: ids.length === 0 ? 'No open positions. A strategy or a manual order opens one.' : null,
  });
  const close = () => setOpen(null);
  const dialog =
    open &&
    (open.dialog === 'close' ? (
      <CloseDialog id={open.id} onClose={close} />
    ) : (
      <ModifyDialog id={open.id} onClose={close} />
    ));
  return (
    <Panel
      title={ids.length > 0 ? `Positions (${ids.length})` : 'Positions'}
      area="trades"
      state={state}
      actions={tabs}
      dialogs={dialog}
    >
      <DataTable
        label="Open positions"
        columns={COLUMNS}
        keys={ids}
        row={(id) => (
          <PositionRow
            id={id}
            selected={id === selected}
            onSelect={onSelect}
            onAction={openDialog}
          />
        )}
      />
    </Panel>
  );
}

type PositionRowProps = {
  id: string;
  selected: boolean;
  onSelect: (id: string | null, symbol: string) => void;
  onAction: (dialog: 'close' | 'modify', id: string) => void;
};

/** Renders alone when its row changed; plain elements, since it may do so ten times a second. */
const PositionRow = memo(function PositionRow(props: PositionRowProps) {
  const { id, selected, onSelect, onAction } = props;
  const { positions } = useAccountTopics();
  const position = useRow(positions, id);
  const close = usePermission('closeTrade');
  const modify = usePermission('modifyPosition');
  if (!position) {
    return null;
  }
  const { symbol, digits, pending } = position;
  const name = `${symbol} ${position.type} ${position.ticket}`;
  return (
    <tr className={selected ? 'selected' : undefined} data-ticket={position.ticket}>
      <td>
        <button
          type="button"
          className="link"
          aria-pressed={selected}
          aria-label={`Show levels of ${name} in the chart`}
          onClick={() => onSelect(selected ? null : id, symbol)}
        >
          {symbol}
        </button>
      </td>
      <td>
        <SideTag side={position.type} />
      </td>
      <td className="num">{formatLots(position.volume)}</td>
      <td className="num wide-only">
        <PriceCell value={position.price_open} digits={digits} />
      </td>
      <td className="num">
        <PriceCell value={position.price_current} digits={digits} />
      </td>
      <td className="num wide-only">
        <PriceCell value={position.sl} digits={digits} />
      </td>
      <td className="num wide-only">
        <PriceCell value={position.tp} digits={digits} />
      </td>
      <td className="num">
        <PnlCell value={position.profit} />
      </td>
      <td className="wide-only ellipsis">
        {position.instance_id === 0 ? 'by hand' : position.strategy}
      </td>
      <td className="num wide-only">{formatTime(position.time_open, marketNow())}</td>
      <td className="num wide-only">{position.ticket}</td>
      <td className="num actions">
        {pending && <span className="chip warn">pending</span>}
        <button
          type="button"
          className="button row wide-only"
          disabled={!modify.allowed || pending}
          title={modify.reason ?? 'Change stop and target'}
          aria-label={`Change stop and target of ${name}`}
          onClick={() => onAction('modify', id)}
        >
          SL/TP
        </button>
        <button
          type="button"
          className="button row"
          disabled={!close.allowed || pending}
          title={close.reason ?? 'Close whole or in part'}
          aria-label={`Close ${name}`}
          onClick={() => onAction('close', id)}
        >
          Close
        </button>
      </td>
    </tr>
  );
});
