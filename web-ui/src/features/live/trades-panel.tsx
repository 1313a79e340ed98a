import { useTopicState } from '../../api/live-topic';
import { useAccountTopics } from '../../api/system';
import { ClosedTrades } from './closed-trades';
import { OrdersTable } from './orders-table';
import { PositionsTable } from './positions-table';

export type TradesTab = 'positions' | 'orders' | 'trades';

const TABS: readonly (readonly [TradesTab, string])[] = [
  ['positions', 'Positions'],
  ['orders', 'Orders'],
  ['trades', 'Closed trades'],
];

type TradesPanelProps = {
  tab: TradesTab;
  onTab: (tab: TradesTab) => void;
  selected: string | null;
  onSelect: (id: string | null, symbol: string) => void;
};

/** The bottom strip: what is open, what is under way, what is over. */
export function TradesPanel({ tab, onTab, selected, onSelect }: TradesPanelProps) {
  const { positions, orders } = useAccountTopics();
  useTopicState(positions);
  useTopicState(orders);
  const tabs = (
    <div className="tabs" role="tablist" aria-label="Trades">
      {TABS.map(([key, label]) => (
        <button
          key={key}
          type="button"
          role="tab"
          aria-selected={key === tab}
          tabIndex={key === tab ? 0 : -1}
          onClick={() => onTab(key)}
          onKeyDown={(event) => {
            const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
            const next =
              TABS[(TABS.findIndex(([k]) => k === tab) + step + TABS.length) % TABS.length];
            if (step !== 0 && next) {
              onTab(next[0]);
              const buttons = event.currentTarget.parentElement?.querySelectorAll('button');
              buttons?.[TABS.indexOf(next)]?.focus();
            }
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
  switch (tab) {
    case 'orders':
      return <OrdersTable tabs={tabs} />;
    case 'trades':
      return <ClosedTrades tabs={tabs} />;
    default:
      return <PositionsTable tabs={tabs} selected={selected} onSelect={onSelect} />;
  }
}
