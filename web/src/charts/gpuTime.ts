// From installed to useful: a waterfall of GPU-hours, read from top to bottom.

import { fontFamily, textStyle, tip, tooltip, valueAxis } from '../axes';
import type { Bar, Chart } from '../data';
import type { Drawing, Space } from '../figure';
import { percent, quantity, scaleFor, tick } from '../format';
import { familyColour, lossFamily, mix, shade, type Theme } from '../palette';
import { decal } from '../pattern';

interface Step extends Bar { parts?: Bar[] }

/** Losses too small to see at this share of the total become one bar, after the last loss; the downloaded table keeps each. */
const visible = 0.0005;

function fold(steps: Bar[], total: number): Step[] {
  const small = steps.filter(step => step.kind === 'loss' && step.gpu_hours < visible * total);
  if (small.length < 2) return steps;
  const other: Step = {
    key: 'other', label: `${small.length} others`, kind: 'loss', note: `Each below ${percent(visible)}.`, parts: small, gpu_hours: small.reduce((sum, step) => sum + step.gpu_hours, 0),
  };
  const last = steps.findLastIndex(step => step.kind === 'loss');
  return steps.flatMap((step, i) => [...(small.includes(step) ? [] : [step]), ...(i === last ? [other] : [])]);
}

/** `part` names a smaller waterfall that follows the first. */
export function gpuTimeChart(data: Chart & { steps: Bar[] }, part = ''): Drawing {
  const total = data.steps.find(step => step.kind === 'total')?.gpu_hours ?? Math.max(0, ...data.steps.map(step => step.gpu_hours));
  const whole = (data.steps[0]?.label ?? 'all').toLowerCase();
  const scale = scaleFor(total, 'GPU-h');
  let left = total;
  let useful = 0;
  const bars = fold(data.steps, total).map(step => {
    // Useful time of several kinds is stacked, up to what the losses leave.
    if (step.kind === 'useful') return { step, from: useful, to: useful += step.gpu_hours };
    if (step.kind !== 'loss') return { step, from: 0, to: step.gpu_hours };
    left -= step.gpu_hours;
    return { step, from: left, to: left + step.gpu_hours };
  });

  const colourOf = (theme: Theme, step: Bar) => {
    const gpu = familyColour(theme, 'gpu');
    if (step.kind === 'total') return shade(theme, familyColour(theme, 'neutral'), 0.25);
    if (step.kind === 'useful') return gpu;
    const family = lossFamily(step.key);
    return family === 'gpu' ? mix(gpu, theme.paper, 0.52) : mix(familyColour(theme, family), theme.paper, 0.12);
  };
  const patternOf = (step: Bar) => (step.kind === 'loss' && lossFamily(step.key) === 'heat' ? 1 : step.kind === 'loss' && lossFamily(step.key) === 'electricity' ? 3 : 0);
  const share = (hours: number) => (total > 0 ? percent(hours / total) : '');

  const option = (space: Space) => {
    const { theme, narrow } = space;
    return {
      textStyle: textStyle(theme),
      grid: { left: narrow ? 128 : 214, right: narrow ? 52 : 178, top: 4, bottom: 40 },
      xAxis: valueAxis(space, scale, { max: total, nameLocation: 'middle', nameGap: 26, nameTextStyle: { color: theme.soft, fontFamily, fontSize: 12 }, splitNumber: narrow ? 2 : 5, axisLabel: { color: theme.soft, fontFamily, fontSize: 12, showMaxLabel: false, formatter: (value: number) => tick(value, scale) }, splitLine: { showMaxLine: false, lineStyle: { color: theme.grid } } }),
      yAxis: {
        type: 'category', inverse: true, data: bars.map(bar => bar.step.label), axisLine: { show: false }, axisTick: { show: false },
        axisLabel: { color: theme.ink, fontFamily, fontSize: narrow ? 12 : 13, width: narrow ? 118 : 204, overflow: 'break', lineHeight: 14, interval: 0 },
        axisPointer: { type: 'shadow', z: 0, label: { show: false }, shadowStyle: { color: theme.grid, opacity: 0.6 } },
      },
      tooltip: tooltip(theme, { formatter: (params: { dataIndex: number }[]) => {
        const bar = bars[params[0]?.dataIndex ?? 0]!;
        return tip(bar.step.label, [
          { colour: colourOf(theme, bar.step), label: 'GPU-hours', value: quantity(bar.step.gpu_hours, 'GPU-h') }, { label: `Share of ${whole}`, value: share(bar.step.gpu_hours) },
          ...(bar.step.kind === 'loss' ? [{ label: 'Left after it', value: quantity(bar.from, 'GPU-h') }] : []),
          ...(bar.step.parts ?? []).map(one => ({ label: one.label, value: `${quantity(one.gpu_hours, 'GPU-h')}, ${share(one.gpu_hours)}` })),
        ], bar.step.note);
      } }),
      series: [
        { type: 'bar', stack: 'hours', silent: true, data: bars.map(bar => ({ value: bar.from, itemStyle: { color: 'transparent' } })), barCategoryGap: '24%' },
        {
          type: 'bar', stack: 'hours', emphasis: { disabled: true },
          data: bars.map(bar => ({ value: bar.to - bar.from, itemStyle: { color: colourOf(theme, bar.step), decal: decal(theme, patternOf(bar.step)) } })),
          label: {
            show: true, position: 'right', distance: 7, color: theme.soft, fontFamily, fontSize: 12.5,
            rich: { strong: { color: theme.ink, fontFamily, fontWeight: 600, fontSize: 12.5 } },
            formatter: ({ dataIndex }: { dataIndex: number }) => {
              const { step } = bars[dataIndex]!;
              return narrow ? share(step.gpu_hours) : `{strong|${share(step.gpu_hours)}}  ${quantity(step.gpu_hours, 'GPU-h')}`;
            },
          },
        },
      ],
    };
  };

  return {
    id: part ? `gpu-time ${part}` : 'gpu-time', says: data, minor: part !== '', fallback: 'GPU-time from installed to useful', height: space => bars.length * (space.narrow ? 34 : space.paper ? 22 : 27) + 46, option: option as Drawing['option'],
    rows: () => [['step', 'kind', 'GPU-h', `share of ${whole}`, 'note'], ...data.steps.map(step => [step.label, step.kind, step.gpu_hours, total > 0 ? step.gpu_hours / total : null, step.note])],
  };
}
