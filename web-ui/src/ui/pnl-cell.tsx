import { memo } from 'react';
import { type Decimal, directionOf, formatPnl } from '../lib/format';
import { DirectionArrow } from './direction-arrow';

type PnlCellProps = { value: Decimal; decimals?: number };

/** Profit or loss: arrow, sign and colour say the same. */
export const PnlCell = memo(function PnlCell({ value, decimals = 2 }: PnlCellProps) {
  const direction = directionOf(value, decimals);
  return (
    <span className={`pnl ${direction}`}>
      <DirectionArrow direction={direction} />
      {formatPnl(value, decimals)}
    </span>
  );
});
