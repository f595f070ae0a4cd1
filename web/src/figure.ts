// The frame around every chart: the finding above, the key, the drawing, the basis below, tools to zoom back and take the numbers away.

import type { Chart } from './data';
import { h, type Child } from './dom';
import { csv, fileName, save, type Cell } from './download';
import { init, type ECharts, type EChartsOption } from './echarts';
import { legend, type LegendEntry } from './legend';
import type { Theme } from './palette';
import { withTerms } from './terms';
import { theme } from './theme';

export interface Space { theme: Theme; width: number; narrow: boolean; paper: boolean }

export interface Drawing {
  /** Part of the CSV file's name. */
  id: string;
  says: Chart;
  /** What stands in the place of an empty title. */
  fallback: string;
  height: (space: Space) => number;
  /** Below this width the drawing scrolls sideways instead of shrinking. */
  minWidth?: number;
  zoomable?: boolean;
  keys?: (theme: Theme) => { heading?: string; entries: LegendEntry[] }[];
  option: (space: Space) => EChartsOption;
  /** Head row and rows of the CSV file. */
  rows: () => Cell[][];
  /** Follows another figure of the same section and takes a smaller heading. */
  minor?: boolean;
  /** More about the same finding, below the caption. */
  below?: Child[];
}

interface Mounted { room: () => number; draw: (available: number, force: boolean) => void }
const mounted: Mounted[] = [];
let ready = false;
let report = 'report';
let paperWidth: number | null = null;

export function nameReport(name: string): void {
  report = fileName(name);
}

/** Draws all charts; `force` also when their width is the same, as after a change of theme. */
export function drawCharts(force = true): void {
  ready = true;
  // All widths are read before anything is written: the browser then lays the page out once, not once a chart.
  const rooms = mounted.map(figure => figure.room());
  mounted.forEach((figure, i) => figure.draw(rooms[i]!, force));
}

/** While printing, charts take the width of the sheet instead of the window's. */
export function setPaperWidth(width: number | null): void {
  paperWidth = width;
}

export function figure(drawing: Drawing, seen = new Set<string>()): HTMLElement {
  const title = drawing.says.title || drawing.fallback;
  const canvas = h('div', { class: 'canvas', role: 'img', 'aria-label': `Chart: ${title}. ${drawing.says.caption}` });
  const scroller = h('div', { class: 'scroller' }, canvas);
  const keys = h('div', { class: 'keys' });
  const hidden = new Set<string>();
  let chart: ECharts | undefined;
  let drawn = '';

  const option = (space: Space): EChartsOption => {
    const selected = Object.fromEntries([...hidden].map(id => [id, false]));
    return { animation: false, useUTC: true, legend: { show: false, selected }, ...drawing.option(space) };
  };
  const room = () => paperWidth ?? scroller.clientWidth;
  const draw = (available: number, force: boolean) => {
    if (available <= 0) return;
    const width = Math.max(available, paperWidth ? 0 : drawing.minWidth ?? 0);
    const space: Space = { theme: theme(), width, narrow: width < 560, paper: paperWidth !== null };
    const height = drawing.height(space);
    const wanted = `${width}x${height}`;
    if (wanted === drawn && !force) return;
    drawn = wanted;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const scrolls = width > available;
    scroller.parentElement?.classList.toggle('scrolls', scrolls);
    if (scrolls) scroller.tabIndex = 0; else scroller.removeAttribute('tabindex');
    const zoom = chart ? windowOf(chart) : null;
    chart ??= init(canvas, null, { renderer: 'svg', width, height });
    if (chart.getWidth() !== width || chart.getHeight() !== height) chart.resize({ width, height, silent: true });
    chart.setOption(option(space), { notMerge: true });
    if (zoom) chart.dispatchAction({ type: 'dataZoom', ...zoom });
    const toggle = (id: string) => chart?.dispatchAction({ type: 'legendToggleSelect', name: id });
    keys.replaceChildren(...(drawing.keys?.(space.theme) ?? []).map(group => legend(space.theme, group.entries, hidden, toggle, group.heading)));
  };
  mounted.push({ room, draw });
  new ResizeObserver(() => requestAnimationFrame(() => { if (ready && paperWidth === null) draw(room(), false); })).observe(scroller);

  return h('figure', { id: `chart-${drawing.id}` },
    h('h3', { class: drawing.minor && 'minor' }, withTerms(title, seen)), drawing.keys && keys, scroller,
    h('figcaption', {}, h('p', {}, withTerms(drawing.says.caption, seen)),
      h('div', { class: 'tools' },
        drawing.minWidth && h('span', { class: 'sideways' }, 'Scroll sideways for the rest of the chart'),
        drawing.zoomable && h('span', { class: 'hint' }, 'Zoom with the slider, Ctrl + wheel or two fingers'),
        drawing.zoomable && h('button', { type: 'button', click: () => chart?.dispatchAction({ type: 'dataZoom', start: 0, end: 100 }) }, 'Reset zoom'),
        h('button', { type: 'button', 'aria-label': `Numbers of this chart as CSV: ${drawing.fallback}`, click: () => save(`${report}-${drawing.id}.csv`, 'text/csv;charset=utf-8', csv(drawing.rows())) }, 'CSV'))),
    drawing.below);
}

/** The part of the time axis that is shown, so that a redraw keeps it. */
function windowOf(chart: ECharts): { start: number; end: number } | null {
  const zoom = (chart.getOption() as { dataZoom?: { start?: number; end?: number }[] }).dataZoom?.[0];
  return zoom && ((zoom.start ?? 0) > 0 || (zoom.end ?? 100) < 100) ? { start: zoom.start ?? 0, end: zoom.end ?? 100 } : null;
}
