// The parts of the report whose heart is a chart.

import { capacityChart } from '../charts/capacity';
import { costLinesChart } from '../charts/costLines';
import { dispatchChart } from '../charts/dispatch';
import { energyChart } from '../charts/energy';
import { gpuTimeChart } from '../charts/gpuTime';
import { hotWeekChart } from '../charts/hotWeek';
import { monthlyMoneyChart } from '../charts/monthlyMoney';
import { waterChart } from '../charts/water';
import type { ReportData } from '../data';
import { figure, type Drawing } from '../figure';
import { capacityMonths } from './capacityMonths';
import { nothing, section, type Part } from './section';

export function charts(data: ReportData): Part[] {
  const { capacity, gpu_time: gpu, energy, dispatch, hot_week: hot, water, money } = data;
  return [
    part('capacity', 'Capacity|Capacity and what binds', capacity.dates.length > 0 && capacity.kinds.length > 0 && capacityChart(capacity, [capacityMonths(capacity)]), 'This run recorded no capacity by kind.'),
    gpuTimePart(gpu),
    part('energy', 'Energy', energy.links.length > 0 && energyChart(energy), 'No energy flowed in this run.'),
    part('power', 'Power', dispatch.dates.length > 0 && dispatch.supply.length > 0 && dispatchChart(dispatch), 'This run has no power sources that were dispatched.'),
    part('hot-week', 'Hot week|Hottest week', hot.times.length > 0 && hot.panels.length > 0 && hotWeekChart(hot), 'No week was recorded at fine resolution.'),
    part('water', 'Water', water.months.length > 0 && water.intake.length + water.use.length > 0 && waterChart(water), 'This campus took in no water, or water was not part of the run.'),
    moneyPart(money),
  ];
}

function part(id: string, name: string, drawing: Drawing | false, sentence: string): Part {
  return section(id, name, drawing ? figure(drawing) : nothing(sentence));
}

function gpuTimePart(gpu: ReportData['gpu_time']): Part {
  if (gpu.steps.length === 0) return section('gpu-time', 'GPU-time', nothing('No GPUs were installed in this run, so there is no GPU-time to account for.'));
  return section('gpu-time', 'GPU-time', figure(gpuTimeChart(gpu)), ...gpu.parts.map(smaller => figure(gpuTimeChart(smaller, smaller.key))));
}

function moneyPart(money: ReportData['money']): Part {
  const lines = money.lines.length > 0 && figure(costLinesChart(money));
  const monthly = money.months.length > 0 && money.monthly.length > 0 && figure(monthlyMoneyChart(money));
  if (!lines && !monthly) return section('money', 'Money', nothing('This run has no costs or contracts.'));
  return section('money', 'Money', lines, monthly);
}
