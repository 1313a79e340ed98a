import type { Direction } from '../lib/format';

/** Up and down are never said by colour alone. */
export function DirectionArrow({ direction }: { direction: Direction }) {
  if (direction === 'flat') {
    return <span className="arrow" aria-hidden="true" />;
  }
  const points = direction === 'up' ? '4,1 8,7 0,7' : '0,1 8,1 4,7';
  return (
    <svg className="arrow" viewBox="0 0 8 8" aria-hidden="true">
      <polygon points={points} fill="currentColor" />
    </svg>
  );
}
