/** The price a person looked at when they decided, and when that was (local time). */
export type SeenPrice = { price: number; seenMs: number };

const RECONFIRM_AFTER_MS = 2_000;
const RECONFIRM_PIPS = 1;

/** An order needs a second look when its quote is older than 2 s and the price moved over a pip. */
export function needsReconfirm(
  seen: SeenPrice,
  price: number,
  pip: number,
  nowMs: number,
): boolean {
  const moved = Math.abs(price - seen.price) > RECONFIRM_PIPS * pip * (1 + 1e-9);
  return nowMs - seen.seenMs > RECONFIRM_AFTER_MS && moved;
}
