import type { ReactNode } from 'react';
import { usePerformance } from '../../api/performance';
import { useAccount } from '../../api/system';
import { formatCount, formatMoney, formatPercent, formatRatio, MISSING } from '../../lib/format';
import { PnlCell } from '../../ui/pnl-cell';

/** The figures a trader looks at first. A figure that is not known yet is a dash. */
export function PerformanceCards() {
  const account = useAccount();
  const { data, error } = usePerformance();
  const summary = data?.summary;
  return (
    <section className="cards" aria-label="Performance" data-area="cards">
      <Card label="Equity" note={account?.currency}>
        {formatMoney(account?.equity)}
      </Card>
      <Card label="Balance" note={account?.currency}>
        {formatMoney(account?.balance)}
      </Card>
      <Card label="Open P/L">
        <PnlCell value={account?.profit} />
      </Card>
      <Card label="Day P/L">
        <PnlCell value={account?.day_profit} />
      </Card>
      <Card label="Margin used" note={marginShare(account?.margin_used, account?.equity)}>
        {formatMoney(account?.margin_used)}
      </Card>
      <Card label="Closed trades" note={error ? 'not available' : undefined}>
        {summary ? formatCount(summary.trades) : MISSING}
      </Card>
      <Card label="Win rate">{formatPercent(summary?.win_rate)}</Card>
      <Card label="Profit factor">{formatRatio(summary?.profit_factor)}</Card>
      <Card label="Max drawdown">{formatPercent(summary?.max_drawdown)}</Card>
    </section>
  );
}

function Card({ label, note, children }: { label: string; note?: string; children: ReactNode }) {
  return (
    <div className="card">
      <span className="card-label">
        {label} {note && <small>{note}</small>}
      </span>
      <span className="card-value">{children}</span>
    </div>
  );
}

function marginShare(used: string | undefined, equity: string | undefined): string | undefined {
  const total = Number(equity);
  return used === undefined || !(total > 0)
    ? undefined
    : `${((Number(used) / total) * 100).toFixed(1)} %`;
}
