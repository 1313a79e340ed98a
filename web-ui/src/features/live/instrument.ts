import { quotes } from '../../api/feed';
import { useRow } from '../../api/live-topic';
import type { Live, Quote } from '../../api/types';

export type LiveQuote = Live<Quote> & { receivedMs?: number };

export function useQuote(symbol: string): LiveQuote | undefined {
  return useRow(quotes, symbol);
}

/** `0.0001` is 10^-4. */
export function pipExponentOf(pip: string): number {
  return Math.round(Math.log10(Number(pip)));
}

/** The price at which an order of this side fills. */
export function fillSide(quote: LiveQuote | undefined, side: string): string | undefined {
  return side === 'BUY' ? quote?.ask : quote?.bid;
}
