import {
  type AutoscaleInfo,
  type CandlestickData,
  CandlestickSeries,
  createSeriesMarkers,
  type IChartApi,
  type IPriceLine,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  LineStyle,
  type SeriesMarker,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { newChart, recolour } from './chart-base';
import type { ChartColours } from './chart-colours';

export type Candle = { timeMs: number; open: number; high: number; low: number; close: number };

export type TradeMark = {
  id: string;
  timeMs: number;
  side: 'BUY' | 'SELL';
  kind: 'entry' | 'exit';
  /** Only of an exit. */
  won?: boolean;
};

export type Level = { label: string; price: number; tone: 'entry' | 'stop' | 'target' };

const VISIBLE_BARS = 120;
/** Levels further away than this, in heights of the candles, may not flatten the candles. */
const LEVEL_REACH = 3;

/** Candles with marks and levels. Up is filled, down is hollow: it reads without colour, too. */
export class PriceChart {
  private readonly chart: IChartApi;
  private readonly series: ISeriesApi<'Candlestick'>;
  private readonly markers: ISeriesMarkersPluginApi<Time>;
  private colours: ChartColours;
  private lines: IPriceLine[] = [];
  private marks: readonly TradeMark[] = [];
  private levels: readonly Level[] = [];
  private lastTimeMs = 0;
  private barTimes: number[] = [];

  constructor(container: HTMLElement) {
    this.chart = newChart(container);
    this.series = this.chart.addSeries(CandlestickSeries, {
      autoscaleInfoProvider: (original: () => AutoscaleInfo | null) => this.scaleOf(original()),
    });
    this.markers = createSeriesMarkers(this.series, []);
    this.colours = recolour(this.chart);
    this.applyColours();
  }

  get api(): IChartApi {
    return this.chart;
  }

  applyColours(): void {
    this.colours = recolour(this.chart);
    const { up, down, panel, muted } = this.colours;
    this.series.applyOptions({
      upColor: up,
      borderUpColor: up,
      wickUpColor: up,
      downColor: panel,
      borderDownColor: down,
      wickDownColor: down,
      priceLineColor: muted,
    });
    this.setMarks(this.marks);
    this.setLevels(this.levels);
  }

  setDigits(digits: number): void {
    this.series.applyOptions({
      priceFormat: { type: 'price', precision: digits, minMove: 10 ** -digits },
    });
  }

  /** Everything anew, oldest first; shows the latest bars. */
  setCandles(candles: readonly Candle[]): void {
    this.series.setData(candles.map(toData));
    this.barTimes = candles.map((candle) => candle.timeMs);
    this.lastTimeMs = candles.at(-1)?.timeMs ?? 0;
    const last = candles.length;
    this.chart.timeScale().setVisibleLogicalRange({ from: last - VISIBLE_BARS, to: last + 4 });
    this.setMarks(this.marks);
  }

  /** The forming bar or a new one; an older bar is left to the next full load. */
  update(candle: Candle): void {
    if (candle.timeMs < this.lastTimeMs) {
      return;
    }
    if (candle.timeMs > this.lastTimeMs) {
      this.barTimes.push(candle.timeMs);
    }
    this.lastTimeMs = candle.timeMs;
    this.series.update(toData(candle));
  }

  setMarks(marks: readonly TradeMark[]): void {
    this.marks = marks;
    const shown = marks
      .map((mark) => ({ mark, barMs: this.barOf(mark.timeMs) }))
      .filter((entry) => entry.barMs !== null)
      .map(({ mark, barMs }) => this.markerOf(mark, (barMs ?? 0) / 1000));
    this.markers.setMarkers(shown.sort((a, b) => (a.time as number) - (b.time as number)));
  }

  setLevels(levels: readonly Level[]): void {
    for (const line of this.lines) {
      this.series.removePriceLine(line);
    }
    this.levels = levels;
    const { accent, danger, up } = this.colours;
    const colourOf = { entry: accent, stop: danger, target: up };
    this.lines = levels.map(({ label, price, tone }) =>
      this.series.createPriceLine({
        price,
        color: colourOf[tone],
        lineWidth: 1,
        lineStyle: tone === 'entry' ? LineStyle.Solid : LineStyle.Dashed,
        axisLabelVisible: true,
        title: label,
      }),
    );
  }

  dispose(): void {
    this.chart.remove();
  }

  /** The candles' own range, widened so that the levels can be seen. */
  private scaleOf(info: AutoscaleInfo | null): AutoscaleInfo | null {
    if (!info?.priceRange || this.levels.length === 0) {
      return info;
    }
    const { minValue, maxValue } = info.priceRange;
    const reach = (maxValue - minValue) * LEVEL_REACH;
    const near = this.levels
      .map((level) => level.price)
      .filter((price) => price >= minValue - reach && price <= maxValue + reach);
    return {
      ...info,
      priceRange: {
        minValue: Math.min(minValue, ...near),
        maxValue: Math.max(maxValue, ...near),
      },
    };
  }

  private markerOf(mark: TradeMark, seconds: number): SeriesMarker<Time> {
    const { up, down, muted } = this.colours;
    const buys = mark.side === 'BUY';
    if (mark.kind === 'entry') {
      return {
        time: seconds as UTCTimestamp,
        position: buys ? 'belowBar' : 'aboveBar',
        shape: buys ? 'arrowUp' : 'arrowDown',
        color: buys ? up : down,
        id: mark.id,
      };
    }
    return {
      time: seconds as UTCTimestamp,
      position: buys ? 'aboveBar' : 'belowBar',
      shape: 'square',
      color: mark.won ? up : muted,
      size: 0.6,
      id: mark.id,
    };
  }

  /** Start of the bar a time falls into; null before the first bar. */
  private barOf(timeMs: number): number | null {
    let low = 0;
    let high = this.barTimes.length - 1;
    let found: number | null = null;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const at = this.barTimes[middle] ?? 0;
      if (at <= timeMs) {
        found = at;
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return found;
  }
}

function toData({ timeMs, open, high, low, close }: Candle): CandlestickData<Time> {
  return { time: (timeMs / 1000) as UTCTimestamp, open, high, low, close };
}
