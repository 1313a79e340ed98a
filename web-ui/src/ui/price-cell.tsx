import { memo } from 'react';
import { type Decimal, priceParts } from '../lib/format';

type PriceCellProps = { value: Decimal; digits: number; pipExponent?: number };

/** A price with its pips emphasised; screen readers hear the whole number. */
export const PriceCell = memo(function PriceCell({ value, digits, pipExponent }: PriceCellProps) {
  const parts = priceParts(value, digits, pipExponent ?? pipExponentOf(digits));
  return (
    <span className="price">
      <span aria-hidden="true">
        {parts.lead}
        <b>{parts.pips}</b>
        {parts.fraction && <sup>{parts.fraction}</sup>}
      </span>
      <span className="sr-only">{parts.text}</span>
    </span>
  );
});

/** Brokers quote a tenth of a pip with 5 and 3 digits, whole pips with 4 and 2. */
export function pipExponentOf(digits: number): number {
  return digits % 2 === 1 ? 1 - digits : -digits;
}
