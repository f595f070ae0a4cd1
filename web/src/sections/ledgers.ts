// The conserved quantities: what came in, where it went, what is stored, and how well it closes.

import type { ReportData } from '../data';
import { h } from '../dom';
import { number, percent, quantity } from '../format';
import { withTerms } from '../terms';
import { section, type Part } from './section';

type Ledger = ReportData['ledgers'][number];
const sides = [['in', 'In'], ['out', 'Out'], ['stored', 'Stored']] as const;
const families: [RegExp, string][] = [[/energy|power/, 'electricity'], [/water/, 'water'], [/gpu/, 'gpu'], [/money|cash/, 'money']];

/** Ledgers must balance to this part of their size. */
const tolerance = 1e-9;

export function ledgers(data: ReportData): Part | null {
  if (!data.ledgers.length) return null;
  const seen = new Set<string>();
  return section('ledgers', 'Ledgers', h('div', { class: 'ledgers' }, data.ledgers.map(one => ledger(one, seen))));
}

function ledger(one: Ledger, seen: Set<string>): HTMLElement {
  const most = Math.max(0, ...one.lines.map(line => Math.abs(line.value)));
  const taken = one.lines.filter(line => line.side === 'in').reduce((sum, line) => sum + line.value, 0);
  const closes = Math.abs(one.relative_residual) <= tolerance;
  const family = families.find(([pattern]) => pattern.test(`${one.key} ${one.label}`.toLowerCase()))?.[1] ?? 'neutral';
  const row = (line: Ledger['lines'][number]) => {
    const bar = h('span', { class: 'bar' });
    bar.style.width = `${most > 0 ? Math.abs(line.value) / most * 100 : 0}%`;
    bar.style.background = `var(--${family})`;
    return h('tr', {}, h('th', { scope: 'row' }, withTerms(line.label, seen)), h('td', { class: 'track', 'aria-hidden': 'true' }, bar), h('td', { class: 'number' }, quantity(line.value, one.unit)), h('td', { class: 'number share' }, taken > 0 ? percent(line.value / taken) : ''));
  };
  return h('div', { class: 'ledger' },
    h('h3', {}, one.label),
    h('p', { class: closes ? 'residual closes' : 'residual open' }, h('span', { 'aria-hidden': 'true' }, closes ? '✓ ' : '✕ '), closes ? 'Closes: ' : 'Does not close: ', `residual ${number(one.relative_residual, 2)} of the total`),
    h('table', { class: 'data' }, h('caption', { class: 'unseen' }, `Ledger of ${one.label}`),
      sides.map(([side, name]) => {
        const lines = one.lines.filter(line => line.side === side);
        return lines.length > 0 && h('tbody', {}, h('tr', { class: 'side' }, h('th', { scope: 'rowgroup', colspan: 2 }, name), h('td', { class: 'number' }, ''), h('td', { class: 'number share' }, side === 'in' ? 'of intake' : '')), lines.map(row));
      })));
}
