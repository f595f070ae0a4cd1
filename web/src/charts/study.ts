// A chart of a study: whatever its axes measure, lines, steps, areas, bars or points over one horizontal axis.

import { fontFamily, gutter, textStyle, tip, tooltip, valueAxis } from '../axes';
import type { Drawing, Space } from '../figure';
import { inScale, number, scaleFor, tick, type Scale } from '../format';
import { dashes, shades, type Dash, type Theme } from '../palette';
import { decal } from '../pattern';
import { finite, type ChartSeries, type StudyChart } from '../study';

const isFilled = (one: ChartSeries) => one.style === 'Area' || one.style === 'Bar';

export function studyChart(chart: StudyChart, index: number): Drawing {
  const named = chart.categories.length > 0;
  const heights = chart.series.flatMap(one => one.y.map(finite)).filter(value => value !== null);
  const places = chart.series.flatMap(one => one.x.map(finite)).filter(value => value !== null);
  // A rate or a share reads best as it is; only powers, energies and money climb their ladders.
  const scaled = (values: number[], unit: string, isLog: boolean): Scale =>
    (isLog ? { factor: 1, unit } : scaleFor(Math.max(0, ...values.map(Math.abs)), unit));
  const up = scaled(heights, chart.y.unit, chart.y.is_log);
  const along: Scale = { factor: 1, unit: chart.x.unit };
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const [lowest, highest] = [Math.min(...heights), Math.max(...heights)];
  // A limit is shown when it lies near enough not to press the curves flat.
  const near = chart.marks.filter(mark => mark.is_level && (chart.y.is_log || Math.max(mark.at - highest, lowest - mark.at) <= 2 * (highest - lowest)));
  // An end of the axis is wherever the data end: three figures are enough to say where.
  const isEnd = (value: number) => [first, last].some(end => Math.abs(value - end) <= 1e-6 * Math.abs(end));
  const place = (value: number) => (isEnd(value) && !Number.isInteger(value) ? number(value, 3).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '') : tick(value, along));
  // Names that do not fit side by side lean, and the chart grows by what they take.
  const longest = Math.min(26, Math.max(0, ...chart.categories.map(name => name.length))) * 5.8;
  const slot = (space: Space) => (space.width - gutter(space) - 18) / Math.max(1, chart.categories.length);
  const leans = (space: Space) => named && longest > slot(space) - 6 && slot(space) >= 15;
  const drop = (space: Space) => (leans(space) ? Math.round(longest * 0.62) : 0);
  const bars = chart.series.some(one => one.style === 'Bar');
  const looks = (theme: Theme) => {
    const colours = shades(theme, chart.series.map(one => one.family));
    const lines = chart.series.filter(one => !isFilled(one) && one.style !== 'Dashed');
    return chart.series.map((one, i) => ({
      colour: one.family === 'neutral' ? theme.soft : colours[i]!,
      dash: (one.style === 'Dashed' ? [5, 4] : dashes[Math.max(0, lines.indexOf(one)) % dashes.length]!) as Dash,
      pattern: isFilled(one) ? chart.series.filter(isFilled).indexOf(one) : 0,
    }));
  };

  const option = (space: Space) => {
    const { theme } = space;
    const look = looks(theme);
    const left = gutter(space) + (chart.y.is_log ? 10 : 0);
    const axisName = `${chart.x.label}${chart.x.unit ? `, ${chart.x.unit}` : ''}`;
    const common = {
      name: axisName, nameLocation: 'middle', nameGap: 27, nameTextStyle: { color: theme.soft, fontSize: 12, fontFamily },
      axisLine: { lineStyle: { color: theme.faint }, onZero: false }, axisTick: { lineStyle: { color: theme.faint }, length: 4 },
    };
    const xAxis = named
      ? { ...common, type: 'category', data: chart.categories, nameGap: 27 + drop(space), axisTick: { show: false }, axisLabel: { color: theme.soft, fontSize: 12, fontFamily, ...(leans(space) ? { rotate: 38, interval: 0, width: 26 * 5.8, overflow: 'truncate' } : { hideOverlap: true, ...(longest <= slot(space) - 6 ? { interval: 0 } : {}) }) }, axisPointer: { type: 'shadow', z: 0, label: { show: false }, shadowStyle: { color: theme.grid, opacity: 0.6 } } }
      : { ...common, type: chart.x.is_log ? 'log' : 'value', min: bars ? undefined : first, max: bars ? undefined : last, splitLine: { show: false }, axisLabel: { color: theme.soft, fontSize: 12, fontFamily, hideOverlap: true, showMaxLabel: true, formatter: place }, axisPointer: { lineStyle: { color: theme.faint, type: 'solid', width: 1 }, label: { show: false } } };
    const upName = [chart.y.label, up.unit].filter(Boolean).join(', ');
    const yAxis = {
      ...valueAxis(space, { ...up, unit: upName }, { scale: !chart.series.some(isFilled), axisLine: { show: false, onZero: false } }),
      ...(chart.y.is_log ? { type: 'log', axisLabel: { color: theme.soft, fontSize: 12, fontFamily, formatter: (value: number) => (value >= 1e-3 && value < 1e5 ? tick(value, up) : value.toExponential(0).replace('-', '\u2212')) } } : { axisLabel: { color: theme.soft, fontSize: 12, fontFamily, formatter: (value: number) => tick(value, up) } }),
    };
    const marks = chart.marks.length > 0 && {
      id: 'marks', name: 'marks', type: 'line', data: near.map(mark => [named ? 0 : first, mark.at]), showSymbol: false, lineStyle: { width: 0 }, silent: true, tooltip: { show: false },
      markLine: {
        symbol: 'none', silent: true, animation: false, lineStyle: { color: theme.faint, type: [3, 3], width: 1 },
        label: { color: theme.soft, fontSize: 11.5, fontFamily, formatter: (mark: { name: string }) => mark.name },
        data: chart.marks.map(mark => ({ name: mark.label, [mark.is_level ? 'yAxis' : 'xAxis']: mark.at, label: { position: mark.is_level ? 'insideEndTop' : 'insideEndTop' } })),
      },
    };
    return {
      textStyle: textStyle(theme), grid: { left, right: 18, top: 30, bottom: 44 + drop(space) }, xAxis, yAxis,
      dataZoom: named ? [] : [{ type: 'inside', xAxisIndex: 0, zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false, filterMode: 'none' }],
      tooltip: tooltip(theme, { formatter: (params: { axisValue: number | string; seriesIndex: number; value: (number | null)[] }[]) => tip(
        named ? String(params[0]?.axisValue ?? '') : `${chart.x.label} ${number(Number(params[0]?.axisValue), 4)} ${chart.x.unit}`.trim(),
        params.filter(one => chart.series[one.seriesIndex]).map(one => ({ colour: look[one.seriesIndex]!.colour, label: chart.series[one.seriesIndex]!.label, value: chart.y.is_log ? `${number(one.value[1], 4)} ${chart.y.unit}` : inScale(one.value[1], up) }))) }),
      series: [
        ...chart.series.map((one, i) => {
          const { colour, dash, pattern } = look[i]!;
          const data = one.x.map((x, k) => [finite(x), finite(one.y[k])]);
          const shared = { id: `s${i}`, name: `s${i}`, data, itemStyle: { color: colour, decal: isFilled(one) ? decal(theme, pattern) : undefined }, emphasis: { disabled: true } };
          if (one.style === 'Bar') return { ...shared, type: 'bar', barCategoryGap: '30%', barMaxWidth: 42 };
          const points = one.style === 'Point';
          return {
            ...shared, type: 'line', showSymbol: points, symbol: 'circle', symbolSize: 7, sampling: data.length > 4000 ? 'lttb' : undefined,
            step: one.style === 'Step' ? 'end' : undefined, stack: one.style === 'Area' ? 'area' : undefined,
            lineStyle: { color: colour, width: points || one.style === 'Area' ? 0 : one.style === 'Dashed' ? 1.4 : 2, type: dash },
            ...(one.style === 'Area' ? { areaStyle: { color: colour, opacity: 1 } } : { z: 4 }),
          };
        }),
        ...(marks ? [marks] : []),
      ],
    };
  };

  return {
    id: `study-${index + 1}`, says: chart, fallback: chart.y.label, zoomable: false, height: space => (space.narrow ? 320 : 380) - (space.paper ? 60 : 0) + drop(space), option: option as Drawing['option'],
    keys: theme => [{ entries: chart.series.map((one, i) => {
      const look = looks(theme)[i]!;
      return { id: `s${i}`, label: one.label, colour: look.colour, mark: isFilled(one) || one.style === 'Point' ? 'area' as const : 'line' as const, dash: look.dash, pattern: look.pattern };
    }) }],
    rows: () => [
      ['series', `${chart.x.label}${chart.x.unit ? ` (${chart.x.unit})` : ''}`, `${chart.y.label}${chart.y.unit ? ` (${chart.y.unit})` : ''}`],
      ...chart.series.flatMap(one => one.x.map((x, k) => [one.label, named ? chart.categories[Number(x)] : finite(x), finite(one.y[k])])),
    ],
  };
}
