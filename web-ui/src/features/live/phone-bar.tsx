import {
  IconBolt,
  IconChartCandle,
  IconListDetails,
  IconPlus,
  IconRobot,
} from '@tabler/icons-react';

type PhoneBarProps = { orderBlocked: string | null; onOrder: () => void };

/** At the bottom of a phone: jumps within the page, and the order button in reach of a thumb. */
export function PhoneBar({ orderBlocked, onOrder }: PhoneBarProps) {
  return (
    <nav className="phone-bar" aria-label="Sections">
      <Jump area="chart" label="Chart" icon={<IconChartCandle size={20} aria-hidden="true" />} />
      <Jump area="trades" label="Trades" icon={<IconListDetails size={20} aria-hidden="true" />} />
      <button
        type="button"
        className="phone-order"
        disabled={orderBlocked !== null}
        title={orderBlocked ?? undefined}
        onClick={onOrder}
      >
        <IconPlus size={20} aria-hidden="true" />
        Order
      </button>
      <Jump area="signals" label="Signals" icon={<IconBolt size={20} aria-hidden="true" />} />
      <Jump
        area="strategies"
        label="Strategies"
        icon={<IconRobot size={20} aria-hidden="true" />}
      />
    </nav>
  );
}

function Jump({ area, label, icon }: { area: string; label: string; icon: React.ReactNode }) {
  return (
    <button
      type="button"
      onClick={() =>
        document.querySelector(`[data-area="${area}"]`)?.scrollIntoView({ block: 'start' })
      }
    >
      {icon}
      {label}
    </button>
  );
}
