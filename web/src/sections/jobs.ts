// Training jobs one by one: what they held, what stopped them, where their GPU-time went, how a step is spent.

import type { ReportData } from '../data';
import { h } from '../dom';
import { count, dollars, duration, number, quantity } from '../format';
import { withTerms } from '../terms';
import { section, table, type Column, type Part } from './section';

type Job = ReportData['jobs']['rows'][number];
type Plan = NonNullable<Job['plan']>;

const columns = (first: string, ...names: string[]): Column[] => [{ name: first }, ...names.map(name => ({ name, number: true }))];
const percent = (value: number | null) => (value === null ? '–' : value > 0 && value < 5e-4 ? '<0.05\u00a0%' : `${value < 0.1 ? number(value * 100, 2) : number(value * 100)}\u00a0%`);
const hours = (value: number | null) => (value === null ? '–' : quantity(value, 'GPU-h'));
const money = (value: number | null) => (value === null ? '–' : dollars(value));

/** What a job's GPU-time went to beside useful work, in groups of the ledger's lines. */
const losses: [string, string[]][] = [
  ['Lost work', ['lost_work']], ['Finding failures', ['detection']], ['Waiting for nodes', ['waiting_for_nodes']], ['Restarting', ['communicators', 'program_start', 'checkpoint_load']],
  ['Planned stops, evaluation', ['planned_stop', 'evaluation']], ['Checkpoints', ['checkpoint_stall']], ['Caps, slow steps, flaps, data', ['throttled', 'slow_steps', 'network_stall', 'waiting_for_data']],
];
const named = 6;

export function jobs(data: ReportData['jobs']): Part | null {
  if (!data.rows.length) return null;
  const titled = (title: string, head: Column[], rows: string[][]) => (rows.length ? [h('h3', { class: 'minor' }, title), table(title, head, rows, 'stacking')] : []);
  const stopped = data.rows.filter(one => one.interruptions > 0);
  const ran = data.rows.filter(one => one.goodput_fraction !== null);
  const planned = data.rows.filter((one): one is Job & { plan: Plan } => one.plan !== null);
  return section('jobs', 'Jobs|Training jobs', data.title && h('h3', {}, withTerms(data.title)),
    titled('What they held and what stopped them', columns('Job', 'GPUs held, mean', 'Useful', 'Goodput', 'Interruptions', 'One every', 'Preemptions', 'Planned stops'),
      data.rows.map(one => [
        one.name, count(one.mean_gpus), hours(one.useful_gpu_hours), percent(one.goodput_fraction), count(one.interruptions), one.hours_between === null ? '–' : duration(one.hours_between * 3600),
        count(one.preemptions), count(one.planned_stops),
      ])),
    titled('Interruptions', [{ name: 'Job' }, { name: 'Causes, the most frequent first', wide: true }, ...columns('', 'One costs', 'in money', 'A day of them').slice(1)],
      stopped.map(one => [one.name, causes(one), hours(one.lost_gpu_hours_per_interruption), money(one.usd_per_interruption), money(one.usd_per_day)])),
    titled('Where their GPU-time went', columns('Job', 'Useful', ...losses.map(([name]) => name)), ran.map(one => {
      const whole = one.useful_gpu_hours / (one.goodput_fraction || 1);
      return [one.name, percent(one.goodput_fraction), ...losses.map(([, lines]) => percent(whole > 0 ? lines.reduce((sum, line) => sum + (one.gpu_hours[line] ?? 0), 0) / whole : null))];
    })),
    titled('Inside a step', [{ name: 'Job' }, { name: 'Layout', wide: true }, ...columns('', 'Step', 'Arithmetic (MFU)', 'Kernels', 'Bubble', 'Communication', 'Stragglers', 'Other', 'Memory of a GPU').slice(1)],
      planned.map(({ name, plan }) => [
        name, `${plan.layout} (${plan.gpu})`, duration(plan.step_s), percent(plan.mfu_fraction), percent(plan.kernels_fraction), percent(plan.bubble_fraction), percent(plan.communication_fraction),
        percent(plan.stragglers_fraction), percent(plan.other_fraction), `${number(plan.memory_gb)} of ${number(plan.gpu_memory_gb)} GB`,
      ])),
    data.caption && h('p', { class: 'shown' }, data.caption));
}

/** "faulty GPU 148 (35 %), …, 7 others 12". */
function causes(one: Job): string {
  const sorted = Object.entries(one.by_cause).sort(([, a], [, b]) => b - a);
  const shown = sorted.length > named + 1 ? sorted.slice(0, named) : sorted;
  const rest = sorted.slice(shown.length);
  const words = shown.map(([name, times]) => `${name === 'failure' ? 'failure of any kind' : name} ${count(times)} (${percent(times / one.interruptions)})`);
  return [...words, ...(rest.length ? [`${rest.length} others ${count(rest.reduce((sum, [, times]) => sum + times, 0))}`] : [])].join(', ');
}
