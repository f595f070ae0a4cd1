// What was paid over the run, line by line, and to whom; income to the left of zero.

import { fontFamily, textStyle, tip, tooltip, valueAxis } from '../axes';
import type { ReportData } from '../data';
import type { Drawing, Space } from '../figure';
import { dollars, percent, quantity, scaleFor, tick } from '../format';
import { familyColour, shade } from '../palette';
import { decal } from '../pattern';

export function costLinesChart(data: ReportData['money']): Drawing {
  const lines = [...data.lines].sort((a, b) => b.usd - a.usd);
  const cost = lines.reduce((sum, line) => sum + Math.max(0, line.usd), 0);
  const scale = scaleFor(Math.max(0, ...lines.map(line => Math.abs(line.usd))), 'USD');
  const lowest = Math.min(0, ...lines.map(line => line.usd));

  const option = (space: Space) => {
    const { theme, narrow } = space;
    const money = familyColour(theme, 'money');
    const labelWidth = narrow ? 124 : 190;
    return {
      textStyle: textStyle(theme), grid: { left: labelWidth + 10, right: narrow ? 62 : 76, top: 2, bottom: 40 },
      xAxis: valueAxis(space, scale, { nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: theme.soft, fontFamily, fontSize: 12 }, splitNumber: narrow ? 2 : 4, min: lowest < 0 ? lowest * (narrow ? 1 : 1.5) : 0, axisLabel: { color: theme.soft, fontFamily, fontSize: 12, showMinLabel: lowest >= 0, hideOverlap: true, formatter: (value: number) => tick(value, scale) } }),
      yAxis: {
        type: 'category', inverse: true, data: lines.map(line => line.label), axisTick: { show: false }, axisLine: { onZero: true, lineStyle: { color: theme.faint } },
        axisLabel: {
          interval: 0, fontFamily, align: 'left', margin: labelWidth + 4, rich: { name: { color: theme.ink, fontFamily, fontSize: 13, lineHeight: 15, width: labelWidth, overflow: 'truncate' }, to: { color: theme.faint, fontFamily, fontSize: 11.5, lineHeight: 14 } },
          formatter: (_: string, i: number) => `{name|${plain(short(lines[i]!.label, narrow ? 21 : 60))}}\n{to|${plain(short(towards(lines[i]!), narrow ? 22 : 34))}}`,
        },
        axisPointer: { type: 'shadow', z: 0, label: { show: false }, shadowStyle: { color: theme.grid, opacity: 0.6 } },
      },
      tooltip: tooltip(theme, { formatter: (params: { dataIndex: number }[]) => {
        const line = lines[params[0]?.dataIndex ?? 0]!;
        return tip(line.label, [{ colour: money, label: towards(line), value: quantity(Math.abs(line.usd), 'USD') }, ...(line.usd > 0 ? [{ label: 'Share of all cost', value: percent(line.usd / cost) }] : [])]);
      } }),
      series: [{
        type: 'bar', barCategoryGap: '38%', emphasis: { disabled: true },
        data: lines.map(line => ({
          value: line.usd, itemStyle: { color: line.usd < 0 ? shade(theme, money, 0.78) : money, decal: decal(theme, line.usd < 0 ? 1 : 0) },
          label: { show: true, position: 'right', distance: 6, color: theme.ink, fontFamily, fontSize: 12.5, fontWeight: 600, formatter: dollars(line.usd) },
        })),
      }],
    };
  };

  return {
    id: 'costs', says: data, fallback: 'What it cost', height: space => lines.length * (space.paper ? 31 : 37) + 44, option: option as Drawing['option'],
    rows: () => [['line', 'kind', 'counterparty', 'USD'], ...lines.map(line => [line.label, line.kind, line.to, line.usd])],
  };
}

const towards = (line: { usd: number; to: string }) => (line.to ? `${line.usd < 0 ? 'from' : 'to'} ${line.to}` : line.usd < 0 ? 'income' : 'cost');
const short = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
const plain = (text: string) => text.replace(/[{}|]/g, ' ');
