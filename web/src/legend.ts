// The key of a chart: drawn as page elements, so that it wraps, prints, and works from the keyboard.

import { append, h, svg } from './dom';
import type { Dash, Theme } from './palette';
import { patternLines } from './pattern';

export interface LegendEntry {
  /** Name of the series in the chart. */
  id: string;
  label: string;
  colour: string;
  mark: 'line' | 'area';
  dash?: Dash;
  width?: number;
  pattern?: number;
}

/** A small sample of how the series looks. */
export function swatch(theme: Theme, entry: Omit<LegendEntry, 'id' | 'label'>): SVGElement {
  const [width, height] = entry.mark === 'line' ? [26, 10] : [16, 11];
  const drawing = svg('svg', { class: 'swatch', width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' });
  if (entry.mark === 'line') {
    const dash = entry.dash && entry.dash !== 'solid' ? entry.dash.join(' ') : undefined;
    append(drawing, [svg('path', { d: `M0 5H${width}`, stroke: entry.colour, 'stroke-width': entry.width ?? 2, 'stroke-dasharray': dash, fill: 'none' })]);
    return drawing;
  }
  append(drawing, [svg('rect', { width, height, rx: 1.5, fill: entry.colour })]);
  const lines = patternLines(theme, entry.pattern ?? 0, width, height);
  if (lines) append(drawing, [svg('path', { d: lines.path, stroke: lines.stroke, 'stroke-width': lines.dots ? 1.9 : 1, 'stroke-linecap': lines.dots ? 'round' : 'butt', fill: 'none' })]);
  return drawing;
}

/** A row of buttons; each hides and shows its series. */
export function legend(theme: Theme, entries: LegendEntry[], hidden: Set<string>, toggle: (id: string) => void, heading?: string): HTMLElement {
  return h('div', { class: 'legend', role: 'group', 'aria-label': heading ? `Key: ${heading}` : 'Key; press to hide or show' },
    heading && h('span', { class: 'legend-heading' }, heading),
    entries.map(entry => {
      const button = h('button', { type: 'button', 'aria-pressed': String(!hidden.has(entry.id)), click: () => {
        if (!hidden.delete(entry.id)) hidden.add(entry.id);
        button.setAttribute('aria-pressed', String(!hidden.has(entry.id)));
        toggle(entry.id);
      } }, swatch(theme, entry), entry.label);
      return button;
    }));
}
