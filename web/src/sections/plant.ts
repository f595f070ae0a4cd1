// What units, batteries, permits, the frequency and the network went through, in tables.

import type { Chart, Finding, ReportData } from '../data';
import { h, type Child } from '../dom';
import { count, day, number, quantity } from '../format';
import { withTerms } from '../terms';
import { section, table, type Column, type Part } from './section';

type Power = ReportData['power'];

export function plant(data: Power): Part | null {
  const { units, permits, batteries, stability, swing, shortfall, network } = data;
  const tables = [
    unitTable(units), permitTable(permits), batteryTable(batteries), findings('Stability', 'Over the run', stability),
    findings('Swing inside training steps', 'Over the run', swing), findings('Shortfalls', 'Over the run', shortfall),
    networkTable(network), outageTable(network), transformerTable(network),
  ].filter(one => one !== null);
  if (!tables.length) return null;
  return section('plant', 'Plant|Plant and network', data.title && h('h3', {}, withTerms(data.title)), tables.flat(), data.caption && h('p', { class: 'shown' }, data.caption));
}

function titled(title: string, columns: Column[], rows: Child[][]): HTMLElement[] {
  return [h('h3', { class: 'minor' }, title), table(title, columns, rows, 'stacking')];
}

const tonnes = (value: number | null) => (value === null ? '–' : value >= 1e6 ? `${number(value / 1e6)} Mt` : value >= 1e3 ? `${number(value / 1e3)} kt` : `${number(value)} t`);
const range = (low: number, high: number) => (number(low * 100) === number(high * 100) ? percent(high) : `${number(low * 100)} to ${percent(high)}`);
const small = (value: number) => (value > 0 && value < 1e-5 ? 'below 0.001 %' : percent(value));
const percent = (value: number | null) => (value === null ? '–' : `${number(value * 100)} %`);

function unitTable(units: Power['units']): HTMLElement[] | null {
  if (!units.length) return null;
  return titled('Generating units', [
    { name: 'Group' }, { name: 'Units', number: true }, { name: 'Starts', number: true }, { name: 'Failed starts', number: true }, { name: 'Planned works', number: true },
    { name: 'Unit-hours on', number: true }, { name: 'Energy', number: true }, { name: 'Fuel (LHV)', number: true }, { name: 'NOₓ', number: true }, { name: 'CO₂', number: true },
  ], units.map(one => [
    one.name, count(one.units), count(one.starts), count(one.failed_starts), count(one.planned_works), count(one.running_hours),
    quantity(one.energy_mwh, 'MWh'), quantity(one.fuel_mwh, 'MWh'), tonnes(one.nox_t), tonnes(one.co2_t),
  ]));
}

function permitTable(permits: Power['permits']): HTMLElement[] | null {
  if (!permits.length) return null;
  const capped = permits.some(one => one.nox_cap_t !== null || one.co2_cap_t !== null);
  return titled('Emissions by permit', [
    { name: 'Permit' }, { name: 'NOₓ', number: true }, { name: 'NOₓ, worst 12 months', number: true }, ...(capped ? [{ name: 'NOₓ cap', number: true }] : []),
    { name: 'CO₂', number: true }, { name: 'CO₂, worst 12 months', number: true }, ...(capped ? [{ name: 'CO₂ cap', number: true }, { name: 'First day over' }] : []),
  ], permits.map(one => [
    one.name, tonnes(one.nox_t), tonnes(one.highest_nox_t), ...(capped ? [tonnes(one.nox_cap_t)] : []), tonnes(one.co2_t), tonnes(one.highest_co2_t),
    ...(capped ? [tonnes(one.co2_cap_t), one.first_over ? day(one.first_over) : '–'] : []),
  ]));
}

function batteryTable(batteries: Power['batteries']): HTMLElement[] | null {
  if (!batteries.length) return null;
  return titled('Batteries', [
    { name: 'Group' }, { name: 'Given beside smoothing', number: true }, { name: 'Full cycles', number: true }, { name: 'Deepest cycle', number: true }, { name: 'Capacity left', number: true },
  ], batteries.map(one => [
    one.name, quantity(one.throughput_mwh, 'MWh'), number(one.full_cycles), percent(one.worst_depth), range(one.lowest_capacity, one.highest_capacity),
  ]));
}

function findings(title: string, first: string, data: Chart & { rows: Finding[] }): HTMLElement[] | null {
  if (!data.rows.length) return null;
  return [
    h('h3', { class: 'minor' }, title), data.title && h('p', {}, withTerms(data.title)),
    table(title, [{ name: first }, { name: 'Value', number: true }, { name: 'What it is', wide: true }], data.rows.map(row => [row.label, `${row.value} ${row.unit}`.trim(), row.note]), 'stacking'),
    data.caption && h('p', { class: 'shown' }, data.caption),
  ].filter(one => one !== '');
}

function networkTable(network: Power['network']): HTMLElement[] | null {
  if (!network.rows.length) return null;
  return titled('Network', [{ name: 'At the highest step of each day' }, { name: 'Value', number: true }, { name: 'Where and when', wide: true }],
    network.rows.map(row => [row.label, `${row.value} ${row.unit}`.trim(), row.note]));
}

function outageTable(network: Power['network']): HTMLElement[] | null {
  if (!network.outages.length) return null;
  return titled('One circuit lost', [
    { name: 'Line' }, { name: 'Circuits before', number: true }, { name: 'Loading after', number: true }, { name: 'Load lost', number: true }, { name: 'Worst day' },
  ], network.outages.map(one => [one.line, count(one.circuits), one.loading === null ? 'no steady state' : percent(one.loading), quantity(one.load_lost_mw, 'MW'), day(one.on)]));
}

function transformerTable(network: Power['network']): HTMLElement[] | null {
  if (!network.transformers.length) return null;
  return titled('Transformers', [
    { name: 'Which' }, { name: 'Life used', number: true }, { name: 'Used at 110 °C', number: true }, { name: 'Hottest spot', number: true },
  ], network.transformers.map(one => [one.name, small(one.life_used), percent(one.service), `${number(one.hottest_c)} °C`]));
}
