// Top of the page: what was run, over which period, whether it finished; and the way to the parts.

import type { ReportData } from '../data';
import { append, h } from '../dom';
import { fileName, save } from '../download';
import { count, day, duration } from '../format';
import { theme, toggleTheme } from '../theme';
import type { Part } from './section';

export function header(data: ReportData): HTMLElement {
  const facts: [string, string][] = [
    ['Period', data.from || data.to ? `${day(data.from)} to ${day(data.to)}` : ''], ['Step', Number.isFinite(data.step_s) ? `${duration(data.step_s)}, ${count(data.steps)} steps` : ''],
    ['Seed', String(data.seed)], ['Program', data.program], ['Scenario', data.scenario_hash.slice(0, 12)],
  ];
  return h('header', {},
    h('p', { class: 'wordmark' }, 'Gigawatt', h('span', {}, 'campus report')),
    h('h1', {}, data.name), data.description && h('p', { class: 'description' }, data.description),
    h('dl', { class: 'facts' }, facts.filter(([, value]) => value).map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)))),
    !data.complete && h('p', { class: 'banner', role: 'status' }, h('strong', {}, 'INTERRUPTED'), ' This run stopped before its end. Everything below covers only the steps that were computed.'));
}

export function navigation(name: string, data: object, parts: Part[]): HTMLElement {
  const shade = h('button', { type: 'button', class: 'quiet', click: () => { toggleTheme(); say(); } });
  const say = () => { shade.textContent = theme().name === 'dark' ? 'Light' : 'Dark'; shade.setAttribute('aria-label', `Show the page in ${shade.textContent?.toLowerCase()} colours`); };
  say();
  const download = h('button', { type: 'button', class: 'quiet', 'aria-label': 'All data of this page as JSON', click: () => save(`${fileName(name)}.json`, 'application/json', JSON.stringify(data)) }, 'JSON');
  const bar = h('nav', { 'aria-label': 'Parts of the page' });
  append(bar, [h('div', { class: 'links' }, parts.map(part => h('a', { href: `#${part.id}` }, part.name))), h('div', { class: 'buttons' }, download, shade)]);
  return bar;
}

export function footer(program: string): HTMLElement {
  return h('footer', {}, `Written by ${program || 'gw'}; this page needs no network. `,
    'Charts by Apache ECharts (Apache License 2.0, with zrender, BSD 3-Clause); type is Source Serif 4 and Source Sans 3 (SIL Open Font License 1.1).');
}
