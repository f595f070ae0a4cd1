// Axes, grids, zoom and tooltips in one hand, so that every chart reads the same way.

import { h } from './dom';
import { day, moment, siteTime, tick, type Scale } from './format';
import type { Space } from './figure';
import type { Theme } from './palette';

export const fontFamily = '"Source Sans 3", "Segoe UI", system-ui, sans-serif';

export const gutter = (space: Space) => (space.narrow ? 40 : 48);

export function textStyle(theme: Theme): object {
  return { fontFamily, fontSize: 12, color: theme.soft };
}

/** Time along the bottom, in site time. */
export function timeAxis(space: Space, from: number, to: number, more: object = {}): object {
  return {
    type: 'time', min: from, max: to, splitNumber: space.narrow ? 4 : 9,
    axisLine: { lineStyle: { color: space.theme.faint } }, axisTick: { lineStyle: { color: space.theme.faint }, length: 4 }, splitLine: { show: false },
    axisLabel: {
      color: space.theme.soft, fontSize: 12, fontFamily, hideOverlap: true, showMinLabel: false,
      formatter: { year: '{yearStyle|{yyyy}}', month: '{MMM}', day: '{d} {MMM}', hour: '{HH}:{mm}', minute: '{HH}:{mm}', second: '{HH}:{mm}:{ss}' },
      rich: { yearStyle: { fontWeight: 600, color: space.theme.ink, fontFamily, fontSize: 12 } },
    },
    axisPointer: { lineStyle: { color: space.theme.faint, type: 'solid', width: 1 }, label: { show: false } },
    ...more,
  };
}

/** Months as named places, for bars. */
export function monthAxis(space: Space, labels: string[], more: object = {}): object {
  return {
    type: 'category', data: labels, axisLine: { lineStyle: { color: space.theme.faint } }, axisTick: { show: false },
    axisLabel: { color: space.theme.soft, fontSize: 12, fontFamily, hideOverlap: true }, axisPointer: { type: 'shadow', z: 0, label: { show: false }, shadowStyle: { color: space.theme.grid, opacity: 0.6 } }, ...more,
  };
}

/** Values upwards; the unit stands above the axis, ticks carry bare numbers. */
export function valueAxis(space: Space, scale: Scale, more: object = {}): object {
  return {
    type: 'value', name: scale.unit, nameLocation: 'end', nameGap: 9,
    nameTextStyle: { align: 'left', color: space.theme.soft, fontSize: 12, fontFamily, padding: [0, 0, 0, 4 - gutter(space)] },
    axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: space.theme.grid } },
    axisLabel: { color: space.theme.soft, fontSize: 12, fontFamily, formatter: (value: number) => tick(value, scale) }, axisPointer: { show: false }, ...more,
  };
}

/** A slider below, and zooming inside with Ctrl + wheel or two fingers; a bare wheel scrolls the page. */
export function zoom(space: Space, axes: number[], fine = false): object[] {
  const touch = matchMedia('(pointer: coarse)').matches;
  // Fine data is cut to the window, so that sampling adapts to it; coarse data keeps its lines running to the edge.
  const filterMode = fine ? 'filter' : 'none';
  const inside = {
    type: 'inside', xAxisIndex: axes, zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false, moveOnMouseMove: !touch, preventDefaultMouseMove: !touch, filterMode, throttle: 30,
  };
  if (space.paper) return [inside];
  const { theme } = space;
  const label = (value: number) => (fine ? moment(value) : day(value));
  return [inside, {
    type: 'slider', xAxisIndex: axes, bottom: 4, height: 16, left: gutter(space), right: 14, showDataShadow: false, filterMode, brushSelect: false, throttle: 30,
    borderColor: 'transparent', backgroundColor: `${theme.grid}80`, fillerColor: `${theme.faint}26`, handleSize: 18, handleStyle: { color: theme.paper, borderColor: theme.faint },
    moveHandleSize: 0, emphasis: { handleStyle: { borderColor: theme.ink } }, textStyle: { color: theme.soft, fontFamily, fontSize: 11 }, labelFormatter: label, showDetail: !space.narrow,
  }];
}

/** Height that the slider and its distance take. */
export const zoomHeight = (space: Space) => (space.paper ? 0 : 34);

/** Days as times, and the end of the last one: a daily value holds for its whole day, so even a run of one day has a width. */
export function dayTimes(dates: string[]): number[] {
  const times = dates.map(siteTime);
  return times.length ? [...times, times.at(-1)! + 86_400_000 - 1] : [];
}

/** Points of a daily series; the last value is held to the end of its day. */
export function dayPoints(times: number[], values: (number | null)[]): [number, number | null][] {
  return times.map((time, i) => [time, values[Math.min(i, times.length - 2)] ?? null]);
}

export interface TipRow { colour?: string; label: string; value: string; strong?: boolean }

/** The box next to the pointer, built from elements. */
export function tooltip(theme: Theme, more: object): object {
  return {
    trigger: 'axis', confine: true, transitionDuration: 0, backgroundColor: theme.paper, borderColor: theme.hairline, borderWidth: 1, padding: [8, 11],
    textStyle: { color: theme.ink, fontFamily, fontSize: 13 }, extraCssText: 'box-shadow:0 3px 14px rgba(0,0,0,.14);border-radius:3px;max-width:340px;', ...more,
  };
}

export function tip(heading: string, rows: TipRow[], note = ''): HTMLElement {
  return h('div', { class: 'chart-tip' },
    h('div', { class: 'chart-tip-heading' }, heading),
    h('table', {}, rows.map(row => h('tr', { class: row.strong ? 'strong' : '' },
      h('td', {}, mark(row.colour)), h('td', {}, row.label), h('td', {}, row.value)))),
    note && h('div', { class: 'chart-tip-note' }, note));
}

function mark(colour: string | undefined): HTMLElement {
  const element = h('span', { class: 'chart-tip-mark' });
  if (colour) element.style.background = colour;
  return element;
}

/** The position in sorted times that lies nearest to a time. */
export function nearest(times: number[], time: number): number {
  let low = 0, high = times.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < time) low = middle + 1; else high = middle;
  }
  return low > 0 && time - times[low - 1]! < times[low]! - time ? low - 1 : low;
}

/** The largest of some values and of stacks of them, for choosing a scale. */
export function largest(lists: (number | null)[][], stacked: boolean): number {
  const length = Math.max(0, ...lists.map(list => list.length));
  let most = 0;
  for (let i = 0; i < length; i++) {
    let up = 0, down = 0;
    for (const list of lists) {
      const value = list[i] ?? 0;
      if (!stacked) most = Math.max(most, Math.abs(value));
      else if (value > 0) up += value; else down -= value;
    }
    most = Math.max(most, up, down);
  }
  return most;
}
