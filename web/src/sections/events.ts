// What happened: the weightier events, by kind and by search.

import type { ReportData } from '../data';
import { h } from '../dom';
import { count, counted, moment } from '../format';
import { nothing, section, table, type Part } from './section';

const readable = (kind: string) => kind.replaceAll('_', ' ');

export function events(data: ReportData): Part {
  if (!data.events.length) return section('events', 'Events', nothing('Nothing worth an entry happened in this run.'));
  const listed = [...data.events].sort((a, b) => a.time.localeCompare(b.time));
  const kinds = [...new Set([...Object.keys(data.event_counts), ...listed.map(event => event.kind)])];
  const total = (kind: string) => data.event_counts[kind] ?? listed.filter(event => event.kind === kind).length;
  kinds.sort((a, b) => total(b) - total(a));
  const off = new Set<string>();

  const list = table('Events in order of time', [{ name: 'Time' }, { name: 'Kind' }, { name: 'Component' }, { name: 'What happened', wide: true }],
    listed.map(event => [moment(event.time), readable(event.kind), event.component, event.text]), 'events stacking');
  const rows = [...list.querySelectorAll<HTMLTableRowElement>('tbody tr')];
  const texts = listed.map(event => `${moment(event.time)} ${readable(event.kind)} ${event.component} ${event.text}`.toLowerCase());
  const shown = h('p', { class: 'shown', role: 'status' });
  const search = h('input', { type: 'search', placeholder: 'Search events', 'aria-label': 'Search events', input: () => filter() });
  const chips = kinds.map(kind => {
    const chip = h('button', { type: 'button', 'aria-pressed': 'true', click: () => {
      if (!off.delete(kind)) off.add(kind);
      chip.setAttribute('aria-pressed', String(!off.has(kind)));
      filter();
    } }, readable(kind), h('span', { class: 'count' }, count(total(kind))));
    return chip;
  });
  const filter = () => {
    const wanted = search.value.trim().toLowerCase();
    let visible = 0;
    listed.forEach((event, i) => {
      const show = !off.has(event.kind) && (!wanted || texts[i]!.includes(wanted));
      rows[i]!.hidden = !show;
      if (show) visible++;
    });
    const all = kinds.reduce((sum, kind) => sum + total(kind), 0);
    shown.textContent = `Showing ${counted(visible, 'event')} of ${count(listed.length)} listed; ${count(all)} happened in the run.`;
  };
  filter();
  return section('events', 'Events', h('div', { class: 'filters' }, h('div', { class: 'chips', role: 'group', 'aria-label': 'Kinds of event; press to hide or show' }, chips), search), shown, h('div', { class: 'event-window', tabindex: 0, role: 'region', 'aria-label': 'List of events' }, list));
}
