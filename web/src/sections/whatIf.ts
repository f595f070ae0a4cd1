// What would be different if something were changed: one row a campus.

import type { ReportData } from '../data';
import { h } from '../dom';
import { count, quantity } from '../format';
import { withTerms } from '../terms';
import { section, table, type Part } from './section';

export function whatIf(data: ReportData['what_if']): Part | null {
  if (data.rows.length < 2) return null;
  return section('what-if', 'What if', h('h3', {}, withTerms(data.title)), table('The campus as it is and with something changed',
    [{ name: 'Campus' }, { name: 'Interruptions', number: true }, { name: 'Useful GPU-hours', number: true }, { name: 'Not served', number: true }, { name: 'Cost', number: true }, { name: 'USD per useful GPU-hour', number: true }, { name: 'Against the campus as it is', wide: true }],
    data.rows.map(row => [row.name, count(row.interruptions), quantity(row.useful_gpu_hours, ''), quantity(row.unserved_mwh, 'MWh'), quantity(row.cost_usd, 'USD'), row.usd_per_useful_gpu_hour === null ? '–' : row.usd_per_useful_gpu_hour.toFixed(2), row.says]), 'stacking'),
  h('p', { class: 'shown' }, data.caption));
}
