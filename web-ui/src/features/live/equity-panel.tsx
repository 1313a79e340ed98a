import { useMantineColorScheme } from '@mantine/core';
import {
  AreaSeries,
  BaselineSeries,
  type IChartApi,
  type ISeriesApi,
  LineStyle,
  type UTCTimestamp,
} from 'lightweight-charts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { usePerformance } from '../../api/performance';
import { marketNow } from '../../api/system';
import type { Performance } from '../../api/types';
import { formatMoney, formatPercent, formatTime } from '../../lib/format';
import { Panel } from '../../ui/panel';
import { newChart, panByKey, recolour } from './chart-base';
import { ChartData } from './chart-data';
import { queryPanelState } from './query-panel-state';

type Point = { seconds: number; equity: number; drawdown: number };

/** Equity over time, and below it how far it stands under its highest point. */
export function EquityPanel() {
  const performance = usePerformance();
  const [asTable, setAsTable] = useState(false);
  const points = useMemo(() => pointsOf(performance.data), [performance.data]);
  const state = queryPanelState(performance, 'performance', (data) =>
    data.timestamps.length === 0 ? 'No performance is recorded yet.' : null,
  );
  return (
    <Panel
      title="Equity and drawdown"
      area="equity"
      state={state}
      actions={
        <button
          type="button"
          className="button small"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? 'Show chart' : 'Show data'}
        </button>
      }
    >
      {asTable ? <PointTable points={points} /> : <EquityChart points={points} />}
    </Panel>
  );
}

function EquityChart({ points }: { points: readonly Point[] }) {
  const container = useRef<HTMLDivElement>(null);
  const chart = useRef<IChartApi | null>(null);
  const equity = useRef<ISeriesApi<'Area'> | null>(null);
  const drawdown = useRef<ISeriesApi<'Baseline'> | null>(null);
  const { colorScheme } = useMantineColorScheme();

  useEffect(() => {
    if (!container.current) {
      return;
    }
    const created = newChart(container.current);
    chart.current = created;
    equity.current = created.addSeries(AreaSeries, { lineWidth: 2, priceLineVisible: false });
    drawdown.current = created.addSeries(
      BaselineSeries,
      {
        baseValue: { type: 'price', price: 0 },
        lineWidth: 1,
        priceLineVisible: false,
        priceFormat: { type: 'custom', formatter: (value: number) => `${value.toFixed(2)} %` },
      },
      1,
    );
    created.panes()[0]?.setStretchFactor(3);
    created.panes()[1]?.setStretchFactor(1);
    return () => {
      created.remove();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    if (!chart.current || !colorScheme) {
      return;
    }
    const colours = recolour(chart.current);
    equity.current?.applyOptions({
      lineColor: colours.accent,
      topColor: `${colours.accent}40`,
      bottomColor: `${colours.accent}05`,
    });
    drawdown.current?.applyOptions({
      topLineColor: colours.down,
      bottomLineColor: colours.down,
      topFillColor1: 'transparent',
      topFillColor2: 'transparent',
      bottomFillColor1: `${colours.down}10`,
      bottomFillColor2: `${colours.down}50`,
      lineStyle: LineStyle.Solid,
    });
  }, [colorScheme]);

  useEffect(() => {
    const time = (point: Point) => point.seconds as UTCTimestamp;
    equity.current?.setData(points.map((p) => ({ time: time(p), value: p.equity })));
    drawdown.current?.setData(points.map((p) => ({ time: time(p), value: -p.drawdown })));
    chart.current?.timeScale().fitContent();
  }, [points]);

  const last = points.at(-1);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a chart is a group, not a set of form fields
    <div
      className="chart"
      role="group"
      aria-label={
        last
          ? `Equity over ${points.length} points, last ${formatMoney(String(last.equity))}, drawdown ${formatPercent(last.drawdown)}`
          : 'Equity, no points'
      }
      tabIndex={0}
      onKeyDown={(event) => {
        if (chart.current && panByKey(chart.current, event.key)) {
          event.preventDefault();
        }
      }}
      ref={container}
    />
  );
}

/** One point per second at most: the chart wants strictly rising times. */
function pointsOf(performance: Performance | undefined): readonly Point[] {
  const points = new Map<number, Point>();
  performance?.timestamps.forEach((timestamp, index) => {
    const seconds = Math.floor(Date.parse(timestamp) / 1000);
    points.set(seconds, {
      seconds,
      equity: Number(performance.equity[index]),
      drawdown: performance.drawdown[index] ?? 0,
    });
  });
  return [...points.values()].sort((a, b) => a.seconds - b.seconds);
}

function PointTable({ points }: { points: readonly Point[] }) {
  const now = marketNow();
  const rows = points.map((point) => [
    formatTime(point.seconds * 1000, now),
    formatMoney(String(point.equity)),
    formatPercent(point.drawdown),
  ]);
  return (
    <ChartData
      label="Equity"
      headers={['Time (UTC)', 'Equity', 'Drawdown']}
      rows={rows.reverse()}
    />
  );
}
