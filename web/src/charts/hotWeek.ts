// The hottest week at fine resolution: panels one above the other with one time axis and one zoom.

import { gutter, largest, nearest, textStyle, timeAxis, tip, tooltip, valueAxis, zoom, zoomHeight } from '../axes';
import type { ReportData } from '../data';
import type { Drawing, Space } from '../figure';
import { inScale, moment, scaleFor, siteTime } from '../format';
import { dashes, shades, type Theme } from '../palette';
import { decal } from '../pattern';

type Panel = ReportData['hot_week']['panels'][number];

export function hotWeekChart(data: ReportData['hot_week']): Drawing {
  const times = data.times.map(siteTime);
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 0];
  const scales = data.panels.map(panel => scaleFor(largest(panel.series.map(one => one.values), panel.stacked), panel.unit));
  const name = (panel: number, key: string) => `${panel}/${key}`;
  const colours = (theme: Theme, panel: Panel) => shades(theme, panel.series.map(one => one.family));
  const heightOf = (space: Space) => (space.narrow ? 150 : 148) - (space.paper ? 25 : 0);
  const axes = data.panels.map((_, i) => i);

  const series = (theme: Theme, panel: Panel, at: number) => panel.series.map((one, k) => {
    const colour = colours(theme, panel)[k]!;
    // Flat typed arrays and one sample per pixel keep 120,000 points quick; stacks need the same samples in every layer, hence the mean.
    const flat = new Float64Array(times.length * 2);
    times.forEach((time, i) => { flat[2 * i] = time; flat[2 * i + 1] = one.values[i] ?? Number.NaN; });
    return {
      id: name(at, one.key), name: name(at, one.key), type: 'line', xAxisIndex: at, yAxisIndex: at, showSymbol: false, data: flat, dimensions: ['time', 'value'], sampling: panel.stacked ? 'average' : 'minmax',
      stack: panel.stacked ? String(at) : undefined, itemStyle: { color: colour, decal: panel.stacked ? decal(theme, k) : undefined }, emphasis: { disabled: true },
      lineStyle: panel.stacked ? { width: 0 } : { width: 1.4, color: colour, type: dashes[k % dashes.length] },
      areaStyle: panel.stacked ? { color: colour, opacity: 1 } : undefined,
    };
  });

  const option = (space: Space) => {
    const { theme } = space;
    const step = heightOf(space) + 40;
    const last = data.panels.length - 1;
    return {
      textStyle: textStyle(theme),
      grid: data.panels.map((_, i) => ({ left: gutter(space), right: 14, top: 34 + i * step, height: heightOf(space) })),
      xAxis: data.panels.map((_, i) => timeAxis(space, from, to, { gridIndex: i, splitNumber: space.narrow ? 4 : 7, ...(i < last ? { axisLabel: { show: false } } : {}) })),
      yAxis: data.panels.map((panel, i) => valueAxis(space, scales[i]!, { gridIndex: i, scale: !panel.stacked, splitNumber: 4, name: panel.label === scales[i]!.unit ? panel.label : `${panel.label}, ${scales[i]!.unit}`, nameTextStyle: { align: 'left', fontWeight: 600, color: theme.ink, fontSize: 12.5, padding: [0, 0, 0, 4 - gutter(space)] } })),
      dataZoom: zoom(space, axes, true), axisPointer: { link: [{ xAxisIndex: 'all' }] },
      tooltip: tooltip(theme, { formatter: (params: { axisValue: number }[]) => {
        const i = nearest(times, params[0]?.axisValue ?? from);
        return tip(moment(times[i] ?? from), data.panels.flatMap((panel, at) => panel.series.map((one, k) => ({ colour: colours(theme, panel)[k], label: `${panel.label}: ${one.label}`, value: inScale(one.values[i], scales[at]!) }))));
      } }),
      series: data.panels.flatMap((panel, i) => series(theme, panel, i)),
    };
  };

  return {
    id: 'hot-week', says: data, fallback: 'The hottest week', zoomable: true,
    height: space => data.panels.length * (heightOf(space) + 40) + 22 + zoomHeight(space), option: option as Drawing['option'],
    keys: theme => data.panels.map((panel, at) => ({
      heading: panel.label,
      entries: panel.series.map((one, k) => ({ id: name(at, one.key), label: one.label, colour: colours(theme, panel)[k]!, ...(panel.stacked ? { mark: 'area' as const, pattern: k } : { mark: 'line' as const, dash: dashes[k % dashes.length]! }) })),
    })),
    rows: () => [
      ['time', ...data.panels.flatMap(panel => panel.series.map(one => `${panel.label}: ${one.label} (${panel.unit})`))],
      ...data.times.map((time, i) => [time, ...data.panels.flatMap(panel => panel.series.map(one => one.values[i]))]),
    ],
  };
}
