// Capacity that each constraint alone would allow, what was live and what was drawn; below it a strip of the binding constraint.

import { dayPoints, dayTimes, gutter, largest, nearest, textStyle, timeAxis, tip, tooltip, valueAxis, zoom, zoomHeight } from '../axes';
import type { ReportData } from '../data';
import { graphic } from '../echarts';
import type { Drawing, Space } from '../figure';
import { day, inScale, scaleFor } from '../format';
import { constraintLook, type Theme } from '../palette';

const stripHeight = 26;

/** Days in a row with the same binding constraint. */
export function runsOf(binding: string[]): { key: string; first: number; last: number }[] {
  const runs: { key: string; first: number; last: number }[] = [];
  binding.forEach((key, i) => {
    const open = runs.at(-1);
    if (open?.key === key) open.last = i; else runs.push({ key, first: i, last: i });
  });
  return runs;
}

export function capacityChart(data: ReportData['capacity'], below: Drawing['below']): Drawing {
  const times = dayTimes(data.dates);
  const [from, to] = [times[0] ?? 0, times.at(-1) ?? 0];
  // A constraint far above all others would press them flat: the axis ends at 1.4 times what was live, and the key says so.
  const highest = largest([...data.kinds.map(kind => kind.values), data.live_mw], false);
  const room = 1.4 * largest([data.live_mw], false);
  const grid = 10 ** Math.floor(Math.log10(room || 1)) / 2;
  const top = room > 0 && highest > room ? Math.ceil(room / grid) * grid : undefined;
  const offScale = (values: (number | null)[]) => top !== undefined && largest([values], false) > top;
  const scale = scaleFor(top ?? highest, 'MW');
  const runs = runsOf(data.binding);
  const binds = new Set(data.binding);
  const labelOf = new Map(data.kinds.map(kind => [kind.key, kind.label]));
  const look = (theme: Theme, key: string) => {
    const index = data.kinds.findIndex(kind => kind.key === key);
    return constraintLook(theme, key, labelOf.get(key), data.kinds[index]?.family, Math.max(0, index));
  };

  const strip = (space: Space) => ({
    id: 'strip', name: 'strip', type: 'custom', xAxisIndex: 1, yAxisIndex: 1, silent: true, tooltip: { show: false }, animation: false,
    data: runs.map(run => [times[run.first], times[run.last + 1] ?? to]),
    renderItem: (params: { coordSys: { x: number; y: number; width: number; height: number }; dataIndex: number }, api: { value: (i: number) => number; coord: (p: number[]) => number[] }) => {
      const run = runs[params.dataIndex]!;
      const [left, right] = [api.coord([api.value(0), 0])[0]!, api.coord([api.value(1), 0])[0]!];
      const shape = graphic.clipRectByRect({ x: left, y: params.coordSys.y, width: Math.max(1, right - left), height: params.coordSys.height }, params.coordSys);
      if (!shape) return null;
      const { colour } = look(space.theme, run.key);
      const label = labelOf.get(run.key) ?? run.key;
      const fitting = [label, label.split(' ')[0] ?? ''].find(text => shape.width > text.length * 6.6 + 8) ?? '';
      return {
        type: 'rect', shape, style: { fill: colour, stroke: shape.width > 5 ? space.theme.paper : 'none', lineWidth: 1 },
        textContent: { style: { text: fitting, fill: onColour(colour), fontSize: 12, fontWeight: 600, fontFamily: '"Source Sans 3", sans-serif' } }, textConfig: { position: 'inside' },
      };
    },
  });

  const option = (space: Space) => {
    const { theme } = space;
    const left = gutter(space), right = 14, bottom = zoomHeight(space);
    return {
      textStyle: textStyle(theme),
      grid: [{ left, right, top: 30, bottom: bottom + 34 + stripHeight + 12 }, { left, right, height: stripHeight, bottom: bottom + 26 }],
      xAxis: [timeAxis(space, from, to, { axisLabel: { show: false }, axisTick: { show: false } }), timeAxis(space, from, to, { gridIndex: 1, axisLine: { show: false } })],
      yAxis: [valueAxis(space, scale, top === undefined ? {} : { max: top }), { gridIndex: 1, type: 'value', show: false, min: 0, max: 1 }],
      dataZoom: zoom(space, [0, 1]),
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      tooltip: tooltip(theme, { formatter: (params: { axisValue: number }[]) => describe(theme, Math.min(nearest(times, params[0]?.axisValue ?? from), data.dates.length - 1)) }),
      series: [
        { id: 'live', name: 'live', type: 'line', showSymbol: false, data: dayPoints(times, data.live_mw), lineStyle: { color: theme.ink, width: 0 }, itemStyle: { color: theme.ink }, areaStyle: { color: theme.ink, opacity: 0.09 }, silent: true, z: 1 },
        ...data.kinds.map((kind, i) => {
          const { colour, dash } = look(theme, kind.key);
          return { id: kind.key, name: kind.key, type: 'line', showSymbol: false, data: dayPoints(times, kind.values), itemStyle: { color: colour }, lineStyle: { color: colour, width: binds.has(kind.key) ? 2 : 1.4, type: dash, opacity: binds.has(kind.key) ? 1 : 0.85 }, emphasis: { disabled: true }, z: 3 + i };
        }),
        { id: 'it', name: 'it', type: 'line', showSymbol: false, data: dayPoints(times, data.it_power_mw), itemStyle: { color: theme.ink }, lineStyle: { color: theme.soft, width: 0.9, opacity: 0.8 }, emphasis: { disabled: true }, z: 2 },
        strip(space),
      ],
    };
  };

  const describe = (theme: Theme, i: number) => {
    const bound = data.binding[i] ?? '';
    const rows = data.kinds.map(kind => ({ value: kind.values[i] ?? Infinity, row: { colour: look(theme, kind.key).colour, label: kind.label + (kind.key === bound ? ' (binds)' : ''), value: inScale(kind.values[i], scale), strong: kind.key === bound } }));
    rows.sort((a, b) => a.value - b.value);
    return tip(day(times[i] ?? from), [
      ...rows.map(one => one.row),
      { label: 'Live capacity', value: inScale(data.live_mw[i], scale) }, { label: 'IT power drawn', value: inScale(data.it_power_mw[i], scale) },
    ]);
  };

  return {
    id: 'capacity', says: data, fallback: 'Capacity by kind, and what binds', zoomable: true, height: space => (space.narrow ? 400 : 500) - (space.paper ? 90 : 0), option: option as Drawing['option'], below,
    keys: theme => [{ entries: [
      ...data.kinds.map(kind => ({ id: kind.key, label: kind.label + (offScale(kind.values) ? ' (above the scale)' : ''), colour: look(theme, kind.key).colour, mark: 'line' as const, dash: look(theme, kind.key).dash, width: binds.has(kind.key) ? 2.4 : 1.6 })),
      { id: 'live', label: 'Live: the lowest', colour: theme.hairline, mark: 'area' as const },
      { id: 'it', label: 'IT power drawn', colour: theme.soft, mark: 'line' as const, width: 1 },
    ] }],
    rows: () => [
      ['date', ...data.kinds.map(kind => `${kind.label} (MW)`), 'live (MW)', 'IT power drawn (MW)', 'binding'],
      ...data.dates.map((date, i) => [date, ...data.kinds.map(kind => kind.values[i]), data.live_mw[i], data.it_power_mw[i], data.binding[i]]),
    ],
  };
}

/** Black or white, whichever reads better on a colour. */
export function onColour(colour: string): string {
  const [r, g, b] = [1, 3, 5].map(at => Number.parseInt(colour.slice(at, at + 2), 16) / 255) as [number, number, number];
  return 0.299 * r + 0.587 * g + 0.114 * b > 0.56 ? '#14181b' : '#ffffff';
}
