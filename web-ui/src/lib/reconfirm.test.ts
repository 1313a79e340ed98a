import { describe, expect, it } from 'vitest';
import { needsReconfirm } from './reconfirm';

const SEEN = { price: 1.0845, seenMs: 10_000 };
const PIP = 0.0001;

describe('needsReconfirm', () => {
  it('should ask again only when the price is old and moved by more than a pip', () => {
    expect(needsReconfirm(SEEN, 1.0847, PIP, 13_000)).toBe(true);
    expect(needsReconfirm(SEEN, 1.0843, PIP, 13_000)).toBe(true);
  });

  it('should not ask again while the price is fresh, or within a pip', () => {
    expect(needsReconfirm(SEEN, 1.0847, PIP, 11_000)).toBe(false);
    expect(needsReconfirm(SEEN, 1.0846, PIP, 13_000)).toBe(false);
  });
});
