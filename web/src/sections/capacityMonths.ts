// What bound in each month, by how much; folded until asked for.

import type { ReportData } from '../data';
import { h } from '../dom';
import { inScale, month, scaleFor } from '../format';
import { swatch } from '../legend';
import { constraintLook } from '../palette';
import { onThemeChange, theme } from '../theme';
import { folded, table } from './section';

export function capacityMonths(data: ReportData['capacity']): HTMLElement | null {
  if (!data.months.length) return null;
  const scale = scaleFor(Math.max(...data.months.map(row => row.live_it_power_mw)), 'MW');
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
    [{ name: 'Month' }, { name: 'Binds' }, { name: 'Live IT power', number: true }, { name: 'Next to bind' }, { name: 'Margin to it', number: true }],
    data.months.map(row => [month(row.month), named(row.constraint), inScale(row.live_it_power_mw, scale), row.next ? named(row.next) : '–', row.next ? inScale(row.margin_mw, scaleFor(row.margin_mw, 'MW')) : '–'])));
}
