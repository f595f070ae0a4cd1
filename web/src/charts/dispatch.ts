// Who supplied the load: daily mean power by source, stacked, with the load as a line on top.

import { dayPoints, dayTimes, gutter, largest, nearest, textStyle, timeAxis, tip, tooltip, valueAxis, zoom, zoomHeight } from '../axes';
import type { ReportData } from '../data';
import type { Drawing, Space } from '../figure';
import { day, inScale, scaleFor } from '../format';
import { shades, type Theme } from '../palette';
import { decal } from '../pattern';

export function dispatchChart(data: ReportData['dispatch']): Drawing {
  const times = dayTimes(data.dates);
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 0];
  const scale = scaleFor(largest([...data.supply.map(one => one.values)], true), 'MW');
  const colours = (theme: Theme) => shades(theme, data.supply.map(one => one.family));

  const option = (space: Space) => {
    const { theme } = space;
    const colour = colours(theme);
    return {
      textStyle: textStyle(theme), grid: { left: gutter(space), right: 14, top: 30, bottom: zoomHeight(space) + 26 },
      xAxis: timeAxis(space, from, to), yAxis: valueAxis(space, scale), dataZoom: zoom(space, [0]),
      tooltip: tooltip(theme, { formatter: (params: { axisValue: number }[]) => {
        const i = Math.min(nearest(times, params[0]?.axisValue ?? from), data.dates.length - 1);
        return tip(day(times[i] ?? from), [
          ...data.supply.map((one, k) => ({ colour: colour[k], label: one.label, value: inScale(one.values[i], scale) })).reverse(),
          { label: 'Load', value: inScale(data.load_mw[i], scale), strong: true },
        ]);
      } }),
      series: [
        ...data.supply.map((one, k) => ({
          id: one.key, name: one.key, type: 'line', stack: 'supply', showSymbol: false, data: dayPoints(times, one.values.map(value => value ?? 0)), itemStyle: { color: colour[k], decal: decal(theme, k) },
          lineStyle: { width: 0 }, areaStyle: { color: colour[k], opacity: 1 }, emphasis: { disabled: true },
        })),
        { id: 'load', name: 'load', type: 'line', showSymbol: false, data: dayPoints(times, data.load_mw), itemStyle: { color: theme.ink }, lineStyle: { color: theme.ink, width: 1.3 }, emphasis: { disabled: true }, z: 5 },
      ],
    };
  };

  return {
    id: 'dispatch', says: data, fallback: 'Who supplied the load', zoomable: true, height: space => (space.narrow ? 330 : 400) - (space.paper ? 110 : 0), option: option as Drawing['option'],
    keys: theme => [{ entries: [
      ...data.supply.map((one, k) => ({ id: one.key, label: one.label, colour: colours(theme)[k]!, mark: 'area' as const, pattern: k })),
      { id: 'load', label: 'Load', colour: theme.ink, mark: 'line' as const, width: 1.6 },
    ] }],
    rows: () => [['date', ...data.supply.map(one => `${one.label} (MW)`), 'load (MW)'], ...data.dates.map((date, i) => [date, ...data.supply.map(one => one.values[i]), data.load_mw[i]])],
  };
}
