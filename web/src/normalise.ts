// A run may have no water, no claims, no batteries. Every part that is missing becomes an empty one here,
// so that no section has to ask again.

import type { Chart, ReportData, Series } from './data';

type Loose<T> = { [K in keyof T]?: T[K] | null };

const list = <T>(value: T[] | null | undefined): T[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const chart = (value: Loose<Chart> | null | undefined): Chart => ({ title: text(value?.title), caption: text(value?.caption) });
const series = (value: Series[] | null | undefined): Series[] => list(value).map(one => ({ ...one, values: list(one.values) }));

/** Rows of a table: whatever a row leaves out takes its place from `blank`. */
function rows<T extends object>(value: T[] | null | undefined, blank: Partial<T>): T[] {
  return list(value).map(row => ({ ...blank, ...Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== null && cell !== undefined)) }) as T);
}

/** The embedded JSON, or null when the page is still the empty template. */
export function readData(element: HTMLElement | null): unknown {
  const json = (element?.textContent ?? '').replace(/^\s*\/\*.*?\*\//, '').trim();
  return json ? JSON.parse(json) : null;
}

/** The data of a run's report. */
export function readReport(data: unknown): ReportData {
  return normalise(data as Loose<ReportData>);
}

function normalise(raw: Loose<ReportData>): ReportData {
  const { capacity, energy, dispatch, hot_week: hot, gpu_time: gpu, water, money, what_if: other, power, serving, jobs } = raw;
  return {
    name: text(raw.name) || 'Unnamed scenario', description: text(raw.description), complete: raw.complete !== false,
    seed: raw.seed ?? 0, from: text(raw.from), to: text(raw.to), step_s: raw.step_s ?? Number.NaN, steps: raw.steps ?? 0,
    program: text(raw.program), scenario_hash: text(raw.scenario_hash),
    answers: rows(raw.answers, { question: '', answer: '', detail: '' }), headline: rows(raw.headline, { label: '', value: '–', unit: '', basis: '' }),
    capacity: {
      ...chart(capacity), dates: list(capacity?.dates), kinds: series(capacity?.kinds), live_mw: list(capacity?.live_mw),
      it_power_mw: list(capacity?.it_power_mw), binding: list(capacity?.binding), months: list(capacity?.months),
    },
    energy: { ...chart(energy), nodes: rows(energy?.nodes, { family: 'neutral' }), links: list(energy?.links).filter(link => link.value > 0) },
    dispatch: { ...chart(dispatch), dates: list(dispatch?.dates), supply: series(dispatch?.supply), load_mw: list(dispatch?.load_mw) },
    hot_week: {
      ...chart(hot), times: list(hot?.times),
      panels: list(hot?.panels).map(panel => ({ ...panel, series: series(panel.series) })).filter(panel => panel.series.length > 0),
    },
    gpu_time: {
      ...chart(gpu), steps: rows(gpu?.steps, { note: '', gpu_hours: 0 }),
      parts: rows(gpu?.parts, { key: '' }).map(part => ({ ...chart(part), key: part.key, steps: rows(part.steps, { note: '', gpu_hours: 0 }) })),
    },
    water: { ...chart(water), months: list(water?.months), intake: series(water?.intake), use: series(water?.use), unit: text(water?.unit) || 'm³' },
    money: { ...chart(money), lines: rows(money?.lines, { to: '', usd: 0 }), months: list(money?.months), monthly: series(money?.monthly), unit: text(money?.unit) || 'USD' },
    what_if: { ...chart(other), rows: rows(other?.rows, { says: '', usd_per_useful_gpu_hour: null }) },
    events: rows(raw.events, { time: '', kind: 'other', component: '', text: '' }), event_counts: raw.event_counts ?? {},
    claims: rows(raw.claims, { says: '', by: '', on: '', verdict: 'not decidable', reason: '', source: '', grade: '' }), lints: rows(raw.lints, { code: '', where: '', text: '' }),
    ledgers: rows(raw.ledgers, { unit: '', relative_residual: 0 }).map(ledger => ({ ...ledger, lines: list(ledger.lines) })), 
    sources: rows(raw.sources, { id: '', title: '', publisher: '', date: '', grade: '', values: 0 }), glossary: rows(raw.glossary, { term: '', text: '' }),
    jobs: { ...chart(jobs), rows: rows(jobs?.rows, { by_cause: {}, gpu_hours: {}, goodput_fraction: null, hours_between: null, interrupted_fraction: null, lost_gpu_hours_per_interruption: null, usd_per_interruption: null, usd_per_day: null, plan: null }) },
    serving: { ...chart(serving), pools: list(serving?.pools), rentals: list(serving?.rentals), learning: list(serving?.learning) },
    power: {
      ...chart(power), units: list(power?.units), batteries: list(power?.batteries),
      permits: rows(power?.permits, { nox_cap_t: null, co2_cap_t: null, first_over: '' }),
      stability: { ...chart(power?.stability), rows: rows(power?.stability?.rows, { unit: '', note: '' }) },
      swing: { ...chart(power?.swing), rows: rows(power?.swing?.rows, { unit: '', note: '' }) },
      shortfall: { ...chart(power?.shortfall), rows: rows(power?.shortfall?.rows, { unit: '', note: '' }) },
      network: {
        solved_days: power?.network?.solved_days ?? 0, failed_days: power?.network?.failed_days ?? 0, rows: rows(power?.network?.rows, { unit: '', note: '' }),
        outages: rows(power?.network?.outages, { loading: null, load_lost_mw: 0 }), transformers: list(power?.network?.transformers),
      },
    },
  };
}
