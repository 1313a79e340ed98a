import {
  ColorType,
  CrosshairMode,
  createChart,
  type DeepPartial,
  type IChartApi,
  type TimeChartOptions,
} from 'lightweight-charts';
import { type ChartColours, chartColours } from './chart-colours';

const PAN_BARS = 10;

function options(colours: ChartColours): DeepPartial<TimeChartOptions> {
  return {
    layout: {
      background: { type: ColorType.Solid, color: colours.panel },
      textColor: colours.muted,
      fontFamily: "'Inter Variable', system-ui, sans-serif",
      fontSize: 11,
      attributionLogo: true, // A duty of the library's licence.
      panes: { separatorColor: colours.border },
    },
    grid: {
      vertLines: { color: colours.border },
      horzLines: { color: colours.border },
    },
    crosshair: { mode: CrosshairMode.Normal },
    rightPriceScale: { borderColor: colours.border },
    timeScale: { borderColor: colours.border, timeVisible: true, secondsVisible: false },
    // The page must scroll when a finger moves up and down over the chart.
    handleScroll: { vertTouchDrag: false },
    // Not the browser's: a language tag that it cannot read would stop the chart.
    localization: { locale: 'en-GB', dateFormat: 'yyyy-MM-dd' },
    autoSize: true,
  };
}

export function newChart(container: HTMLElement): IChartApi {
  return createChart(container, options(chartColours()));
}

export function recolour(chart: IChartApi): ChartColours {
  const colours = chartColours();
  chart.applyOptions(options(colours));
  return colours;
}

/** Arrow keys move the chart, plus and minus zoom it: the library has no keyboard of its own. */
export function panByKey(chart: IChartApi, key: string): boolean {
  const range = chart.timeScale().getVisibleLogicalRange();
  if (range === null) {
    return false;
  }
  const width = range.to - range.from;
  const move = key === 'ArrowLeft' ? -PAN_BARS : key === 'ArrowRight' ? PAN_BARS : 0;
  const zoom = key === '+' ? -width / 6 : key === '-' ? width / 6 : 0;
  if (move === 0 && zoom === 0) {
    return false;
  }
  chart.timeScale().setVisibleLogicalRange({ from: range.from + move - zoom, to: range.to + move });
  return true;
}
