// What bound in each month, by how much; folded until asked for.

import type { ReportData } from '../data';
import { h } from '../dom';
import { fixed, month } from '../format';
import { swatch } from '../legend';
import { constraintLook } from '../palette';
import { onThemeChange, theme } from '../theme';
import { folded, table } from './section';

export function capacityMonths(data: ReportData['capacity']): HTMLElement | null {
  if (!data.months.length) return null;
  const find = (key: string) => data.kinds.find(kind => kind.key === key || kind.label === key);
  const named = (key: string) => {
    const sample = h('span', {});
    const kind = find(key);
    const paint = () => sample.replaceChildren(swatch(theme(), { mark: 'area', colour: constraintLook(theme(), kind?.key ?? key, kind?.label, kind?.family, kind ? data.kinds.indexOf(kind) : 0).colour }));
    onThemeChange(paint);
    paint();
    return h('span', { class: 'constraint' }, sample, kind?.label ?? key);
  };
  return folded('Month by month', table('Binding constraint by month',
    [{ name: 'Month' }, { name: 'Binds' }, { name: 'Live IT power, MW', number: true }, { name: 'Next to bind' }, { name: 'Margin to it, MW', number: true }],
    data.months.map(row => [month(row.month), named(row.constraint), fixed(row.live_it_power_mw, 0), row.next ? named(row.next) : '–', row.next ? fixed(row.margin_mw, 1) : '–'])));
}
