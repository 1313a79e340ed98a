import { useMantineColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useBars } from '../../api/bars';
import { candleTopic, useFeedStatus } from '../../api/feed';
import { useHistory } from '../../api/history';
import { useRows } from '../../api/live-topic';
import { marketNow, useAccountTopics } from '../../api/system';
import {
  type Bar,
  type Live,
  PERIODS,
  type Period,
  type Position,
  type Trade,
} from '../../api/types';
import { formatClock, formatPrice, formatTime } from '../../lib/format';
import { Panel, type PanelState } from '../../ui/panel';
import { PriceCell } from '../../ui/price-cell';
import { panByKey } from './chart-base';
import { ChartData } from './chart-data';
import { pipExponentOf, useQuote } from './instrument';
import { type Candle, type Level, PriceChart, type TradeMark } from './price-chart';
import { queryPanelState } from './query-panel-state';

const MARKED_TRADES = 200;

type PriceChartPanelProps = {
  symbol: string;
  period: Period;
  /** Id of the position whose levels are drawn. */
  selected: string | null;
  onPeriod: (period: Period) => void;
};

export function PriceChartPanel({ symbol, period, selected, onPeriod }: PriceChartPanelProps) {
  const bars = useBars(symbol, period);
  const quote = useQuote(symbol);
  const [asTable, setAsTable] = useState(false);
  const digits = quote?.digits ?? 5;
  const feedStatus = useFeedStatus();
  const loaded = queryPanelState(bars, `bars of ${symbol}`, (data) =>
    data.length === 0 ? `No bars of ${symbol} yet. They appear with the first ticks.` : null,
  );
  const silent = feedStatus.phase !== 'open' || feedStatus.stale;
  const state: PanelState =
    loaded.kind === 'ready' && silent && quote?.receivedMs
      ? { kind: 'stale', asOf: formatClock(quote.receivedMs) }
      : loaded;

  return (
    <Panel
      title={symbol || 'Chart'}
      area="chart"
      state={state}
      actions={
        <>
          {quote && (
            <span className="chart-quote wide-only">
              <PriceCell
                value={quote.bid}
                digits={quote.digits}
                pipExponent={pipExponentOf(quote.pip)}
              />
              <span className="muted"> / </span>
              <PriceCell
                value={quote.ask}
                digits={quote.digits}
                pipExponent={pipExponentOf(quote.pip)}
              />
            </span>
          )}
          <fieldset className="segments">
            <legend className="sr-only">Timeframe</legend>
            {PERIODS.map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={each === period}
                onClick={() => onPeriod(each)}
              >
                {each}
              </button>
            ))}
          </fieldset>
          <button
            type="button"
            className="button small wide-only"
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? 'Show chart' : 'Show data'}
          </button>
        </>
      }
    >
      {asTable ? (
        <BarTable bars={bars.data ?? []} symbol={symbol} digits={digits} />
      ) : (
        <Candles
          key={`${symbol}:${period}`}
          symbol={symbol}
          period={period}
          bars={bars.data ?? []}
          digits={digits}
          selected={selected}
        />
      )}
    </Panel>
  );
}

type CandlesProps = {
  symbol: string;
  period: Period;
  bars: readonly Bar[];
  digits: number;
  selected: string | null;
};

function Candles({ symbol, period, bars, digits, selected }: CandlesProps) {
  const container = useRef<HTMLDivElement>(null);
  const chart = useRef<PriceChart | null>(null);
  const topic = candleTopic(symbol, period);
  const live = useRows(topic);
  const marks = useTradeMarks(symbol);
  const levels = useLevels(symbol, selected);
  const { colorScheme } = useMantineColorScheme();
  const candles = useMemo(() => merge(bars, live), [bars, live]);
  const drawn = useRef<{ bars: readonly Bar[]; count: number } | null>(null);

  useEffect(() => {
    if (container.current) {
      chart.current = new PriceChart(container.current);
      drawn.current = null;
    }
    return () => {
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => chart.current?.setDigits(digits), [digits]);

  // A new base or a jump of more than one bar draws anew; the usual tick moves the last bar.
  useEffect(() => {
    const held = drawn.current;
    const last = candles.at(-1);
    if (!chart.current || !last) {
      return;
    }
    if (held !== null && held.bars === bars && candles.length - held.count <= 1) {
      chart.current.update(last);
    } else {
      chart.current.setCandles(candles);
    }
    drawn.current = { bars, count: candles.length };
  }, [candles, bars]);

  useEffect(() => chart.current?.setMarks(marks), [marks]);
  useEffect(() => chart.current?.setLevels(levels), [levels]);
  useEffect(() => {
    if (colorScheme) {
      chart.current?.applyColours();
    }
  }, [colorScheme]);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a chart is a group, not a set of form fields
    <div
      className="chart"
      role="group"
      aria-label={summaryOf(symbol, period, candles, digits)}
      tabIndex={0}
      onKeyDown={(event) => {
        if (chart.current && panByKey(chart.current.api, event.key)) {
          event.preventDefault();
        }
      }}
      ref={container}
    />
  );
}

function summaryOf(symbol: string, period: Period, candles: readonly Candle[], digits: number) {
  const last = candles.at(-1);
  return last
    ? `${symbol} ${period} candles, ${candles.length} bars, last close ${last.close.toFixed(digits)}. Arrow keys move, plus and minus zoom.`
    : `${symbol} ${period} candles, no bars`;
}

/** History from REST, its end replaced by what the feed holds. */
function merge(bars: readonly Bar[], live: readonly Live<Bar>[]): Candle[] {
  const byTime = new Map<number, Candle>();
  for (const bar of bars) {
    byTime.set(Date.parse(bar.time), candleOf(bar, Date.parse(bar.time)));
  }
  for (const bar of live) {
    byTime.set(bar.time, candleOf(bar, bar.time));
  }
  return [...byTime.values()].sort((a, b) => a.timeMs - b.timeMs);
}

function candleOf(bar: Bar | Live<Bar>, timeMs: number): Candle {
  return {
    timeMs,
    open: Number(bar.open),
    high: Number(bar.high),
    low: Number(bar.low),
    close: Number(bar.close),
  };
}

/** Entries and exits of the latest stored trades of this symbol. */
function useTradeMarks(symbol: string): readonly TradeMark[] {
  const { data } = useHistory({ symbol, limit: MARKED_TRADES });
  return useMemo(
    () => (data?.trades ?? []).filter((trade) => trade.symbol === symbol).flatMap(marksOf),
    [data, symbol],
  );
}

function marksOf(trade: Trade): TradeMark[] {
  const side = trade.type.startsWith('BUY') ? 'BUY' : 'SELL';
  const entry: TradeMark = {
    id: `${trade.ticket}-entry`,
    timeMs: Date.parse(trade.open_time),
    side,
    kind: 'entry',
  };
  if (!trade.close_time) {
    return [entry];
  }
  const exit: TradeMark = {
    id: `${trade.ticket}-exit`,
    timeMs: Date.parse(trade.close_time),
    side,
    kind: 'exit',
    won: Number(trade.profit) > 0,
  };
  return [entry, exit];
}

/** Entry, stop and target of the selected position, else of none. */
function useLevels(symbol: string, selected: string | null): readonly Level[] {
  const { positions } = useAccountTopics();
  const rows = useRows(positions);
  const position = rows.find((row) => row.id === selected && row.symbol === symbol);
  const { price_open, sl, tp, type } = position ?? {};
  return useMemo(() => levelsOf({ price_open, sl, tp, type }), [price_open, sl, tp, type]);
}

function levelsOf(position: Partial<Pick<Position, 'price_open' | 'sl' | 'tp' | 'type'>>): Level[] {
  const levels: Level[] = [];
  if (position.price_open) {
    const label = position.type === 'SELL' ? 'Sell' : 'Buy';
    levels.push({ label, price: Number(position.price_open), tone: 'entry' });
  }
  if (position.sl) {
    levels.push({ label: 'SL', price: Number(position.sl), tone: 'stop' });
  }
  if (position.tp) {
    levels.push({ label: 'TP', price: Number(position.tp), tone: 'target' });
  }
  return levels;
}

function BarTable({
  bars,
  symbol,
  digits,
}: {
  bars: readonly Bar[];
  symbol: string;
  digits: number;
}) {
  const now = marketNow();
  const rows = bars.map((bar) => [
    formatTime(Date.parse(bar.time), now),
    ...[bar.open, bar.high, bar.low, bar.close].map((price) => formatPrice(price, digits)),
    String(bar.volume),
  ]);
  return (
    <ChartData
      label={`${symbol} bars`}
      headers={['Time (UTC)', 'Open', 'High', 'Low', 'Close', 'Ticks']}
      rows={rows.reverse()}
    />
  );
}
