import { memo, useRef } from 'react';
import { quotes } from '../../api/feed';
import { useRowIds, useTopicState } from '../../api/live-topic';
import { useTopicPanelState } from '../../api/topic-panel-state';
import type { Direction } from '../../lib/format';
import { DirectionArrow } from '../../ui/direction-arrow';
import { Panel } from '../../ui/panel';
import { PriceCell } from '../../ui/price-cell';
import { pipExponentOf, useQuote } from './instrument';

type WatchListProps = {
  symbol: string;
  onSymbol: (symbol: string) => void;
  orderBlocked: string | null;
  onOrder: () => void;
};

export function WatchList({ symbol, onSymbol, orderBlocked, onOrder }: WatchListProps) {
  const topic = useTopicState(quotes);
  const ids = useRowIds(quotes);
  const state = useTopicPanelState({
    what: 'quotes',
    topic,
    empty: ids.length === 0 ? 'No instruments are configured.' : null,
  });
  return (
    <Panel
      title="Watch list"
      area="watch"
      state={state}
      actions={
        <button
          type="button"
          className="button primary small"
          disabled={orderBlocked !== null}
          title={orderBlocked ?? 'Alt + O'}
          onClick={onOrder}
        >
          New order
        </button>
      }
    >
      <table className="table watch" aria-label="Watch list">
        <thead>
          <tr>
            <th scope="col">Symbol</th>
            <th scope="col" className="num">
              Bid
            </th>
            <th scope="col" className="num">
              Ask
            </th>
            <th scope="col" className="num">
              Spread
            </th>
          </tr>
        </thead>
        <tbody>
          {ids.map((id) => (
            <QuoteRow key={id} id={id} current={id === symbol} onSymbol={onSymbol} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

type QuoteRowProps = { id: string; current: boolean; onSymbol: (symbol: string) => void };

const QuoteRow = memo(function QuoteRow({ id, current, onSymbol }: QuoteRowProps) {
  const quote = useQuote(id);
  const direction = useDirection(quote?.bid);
  if (!quote) {
    return null;
  }
  const pipExponent = pipExponentOf(quote.pip);
  return (
    <tr className={current ? 'selected' : undefined}>
      <td>
        <button
          type="button"
          className="link"
          aria-pressed={current}
          aria-label={`Show ${quote.symbol} in the chart`}
          onClick={() => onSymbol(quote.symbol)}
        >
          {quote.symbol}
        </button>
        {!quote.tradeable && <small className="muted"> closed</small>}
      </td>
      <td className={`num ${direction}`}>
        <DirectionArrow direction={direction} />
        <PriceCell value={quote.bid} digits={quote.digits} pipExponent={pipExponent} />
      </td>
      <td className="num">
        <PriceCell value={quote.ask} digits={quote.digits} pipExponent={pipExponent} />
      </td>
      <td className="num">{Number(quote.spread_pips).toFixed(1)}</td>
    </tr>
  );
});

/** Which way the price moved last; a repeated price keeps the direction. */
function useDirection(price: string | undefined): Direction {
  const last = useRef<{ price: number; direction: Direction } | null>(null);
  if (price === undefined) {
    return 'flat';
  }
  const now = Number(price);
  const held = last.current;
  if (held === null) {
    last.current = { price: now, direction: 'flat' };
  } else if (now !== held.price) {
    last.current = { price: now, direction: now > held.price ? 'up' : 'down' };
  }
  return last.current?.direction ?? 'flat';
}
