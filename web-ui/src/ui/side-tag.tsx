import { DirectionArrow } from './direction-arrow';

/** Buy or sell: word, arrow and colour. */
export function SideTag({ side }: { side: 'BUY' | 'SELL' | string }) {
  const buys = side.startsWith('BUY');
  return (
    <span className={`side ${buys ? 'up' : 'down'}`}>
      <DirectionArrow direction={buys ? 'up' : 'down'} />
      {buys ? 'Buy' : 'Sell'}
    </span>
  );
}
