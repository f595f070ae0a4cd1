// Stacked bars by month, what comes in upwards and what goes out downwards; shared by water and money.

import { gutter, largest, monthAxis, textStyle, tip, tooltip, valueAxis } from '../axes';
import type { Chart, Series } from '../data';
import type { Drawing, Space } from '../figure';
import { inScale, month, scaleFor, tick } from '../format';
import { shades, type Theme } from '../palette';
import { decal } from '../pattern';

export interface Side { heading?: string; series: Series[]; direction: 1 | -1 }

export function monthlyStack(id: string, says: Chart, fallback: string, months: string[], unit: string, sides: Side[]): Drawing {
  const all = sides.flatMap(side => side.series.map(series => ({ series, side })));
  const millions = /^(million|billion|thousand) /.test(unit);
  const most = Math.max(...sides.map(side => largest(side.series.map(one => one.values), true)), 0);
  const scale = millions ? { factor: 1, unit } : scaleFor(most, unit);
  // Each side starts its shades and patterns anew; below the axis they begin one pattern later, so that opposite bars differ.
  const looks = (theme: Theme) => sides.flatMap(side => shades(theme, side.series.map(one => one.family)).map((colour, k) => ({ colour, pattern: side.direction > 0 ? k : k + 1 })));
  const heading = (i: number) => month(months[i] ?? '');

  const option = (space: Space) => {
    const { theme } = space;
    const look = looks(theme);
    return {
      textStyle: textStyle(theme), grid: { left: gutter(space), right: 8, top: 30, bottom: 26 },
      xAxis: monthAxis(space, months.map(month), { axisLine: { onZero: true, lineStyle: { color: theme.faint } }, axisLabel: { color: theme.soft, hideOverlap: true, interval: everyQuarter(months, space.width) } }),
      yAxis: valueAxis(space, scale, { axisLabel: { color: theme.soft, formatter: (value: number) => tick(sides.length > 1 ? Math.abs(value) : value, scale) } }),
      tooltip: tooltip(theme, { formatter: (params: { dataIndex: number }[]) => {
        const i = params[0]?.dataIndex ?? 0;
        return tip(heading(i), sides.flatMap((side, s) => {
          const offset = sides.slice(0, s).reduce((sum, one) => sum + one.series.length, 0);
          const sum = side.series.reduce((total, one) => total + (one.values[i] ?? 0), 0);
          return [...side.series.map((one, k) => ({ colour: look[offset + k]!.colour, label: one.label, value: inScale(one.values[i], scale) })), { label: side.heading ?? 'Total', value: inScale(sum, scale), strong: true }];
        }));
      } }),
      series: all.map(({ series, side }, k) => ({
        id: `${side.direction}/${series.key}`, name: `${side.direction}/${series.key}`, type: 'bar', stack: 'all', data: months.map((_, i) => (series.values[i] ?? 0) * side.direction), barCategoryGap: '22%',
        itemStyle: { color: look[k]!.colour, decal: decal(theme, look[k]!.pattern) }, emphasis: { disabled: true },
      })),
    };
  };

  return {
    id, says, fallback, height: space => (space.narrow ? 280 : space.paper ? 250 : 330), option: option as Drawing['option'],
    keys: theme => {
      let at = 0;
      return sides.map(side => ({
        heading: side.heading,
        entries: side.series.map(one => { const look = looks(theme)[at++]!; return { id: `${side.direction}/${one.key}`, label: one.label, colour: look.colour, mark: 'area' as const, pattern: look.pattern }; }),
      }));
    },
    rows: () => [['month', ...all.map(({ series, side }) => `${side.heading ? `${side.heading}: ` : ''}${series.label} (${unit})`)], ...months.map((name, i) => [name, ...all.map(({ series }) => series.values[i])])],
  };
}

/** Shows a label where a quarter or, when there is little room, a half-year or year begins. */
export function everyQuarter(months: string[], width: number): (index: number) => boolean {
  const room = Math.max(1, Math.floor(width / 82));
  const every = [1, 2, 3, 6, 12, 24].find(step => months.length / step <= room) ?? 24;
  return index => every === 1 || (Number(months[index]?.slice(5, 7)) - 1) % Math.min(every, 12) === 0 && (every < 24 || Number(months[index]?.slice(0, 4)) % 2 === 0);
}
