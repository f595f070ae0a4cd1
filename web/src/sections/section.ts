// A part of the report with its heading, and tables that look alike.

import { h, type Child } from '../dom';

export interface Part { id: string; name: string; element: HTMLElement }

/** `name` is the heading; before a bar stands the shorter name for the navigation, if there is one: "Capacity|Capacity and what binds". */
export function section(id: string, names: string, ...children: Child[]): Part {
  const [short, name = short] = names.split('|') as [string, string?];
  return { id, name: short, element: h('section', { id, 'aria-labelledby': `${id}-heading` }, h('h2', { id: `${id}-heading` }, name), children) };
}

/** What a section says when the run has nothing for it. */
export const nothing = (sentence: string) => h('p', { class: 'nothing' }, sentence);

export interface Column { name: string; number?: boolean; wide?: boolean }

export function table(caption: string, columns: Column[], rows: Child[][], kind = ''): HTMLElement {
  const cellClass = (column: Column | undefined) => [column?.number ? 'number' : '', column?.wide ? 'wide' : ''].join(' ').trim() || undefined;
  return h('div', { class: 'table-scroller' }, h('table', { class: `data ${kind}`.trim() },
    h('caption', { class: 'unseen' }, caption),
    h('thead', {}, h('tr', {}, columns.map(column => h('th', { scope: 'col', class: cellClass(column) }, column.name)))),
    h('tbody', {}, rows.map(row => h('tr', {}, row.map((cell, i) => h('td', { class: cellClass(columns[i]), 'data-label': columns[i]?.name }, cell)))))));
}

/** Detail on demand; unfolds by itself on paper. */
export function folded(summary: string, ...children: Child[]): HTMLElement {
  return h('details', { class: 'folded' }, h('summary', {}, summary), children);
}
