// A run may have no water, no claims, no batteries. Every part that is missing becomes an empty one here,
// so that no section has to ask again.

import type { Chart, ReportData, Series } from './data';

type Loose<T> = { [K in keyof T]?: T[K] | null };

const list = <T>(value: T[] | null | undefined): T[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const chart = (value: Loose<Chart> | null | undefined): Chart => ({ title: text(value?.title), caption: text(value?.caption) });
const series = (value: Series[] | null | undefined): Series[] => list(value).map(one => ({ ...one, values: list(one.values) }));

/** The embedded JSON, or null when the page is still the empty template. */
export function readReport(element: HTMLElement | null): ReportData | null {
  const json = (element?.textContent ?? '').replace(/^\s*\/\*.*?\*\//, '').trim();
  const raw = json ? (JSON.parse(json) as Loose<ReportData> | null) : null;
  return raw && normalise(raw);
}

function normalise(raw: Loose<ReportData>): ReportData {
  const { capacity, energy, dispatch, hot_week: hot, gpu_time: gpu, water, money } = raw;
  return {
    name: text(raw.name) || 'Unnamed scenario', description: text(raw.description), complete: raw.complete !== false,
    seed: raw.seed ?? 0, from: text(raw.from), to: text(raw.to), step_s: raw.step_s ?? Number.NaN, steps: raw.steps ?? 0,
    program: text(raw.program), scenario_hash: text(raw.scenario_hash),
    answers: list(raw.answers), headline: list(raw.headline),
    capacity: {
      ...chart(capacity), dates: list(capacity?.dates), kinds: series(capacity?.kinds), live_mw: list(capacity?.live_mw),
      it_power_mw: list(capacity?.it_power_mw), binding: list(capacity?.binding), months: list(capacity?.months),
    },
    energy: { ...chart(energy), nodes: list(energy?.nodes), links: list(energy?.links).filter(link => link.value > 0) },
    dispatch: { ...chart(dispatch), dates: list(dispatch?.dates), supply: series(dispatch?.supply), load_mw: list(dispatch?.load_mw) },
    hot_week: {
      ...chart(hot), times: list(hot?.times),
      panels: list(hot?.panels).map(panel => ({ ...panel, series: series(panel.series) })).filter(panel => panel.series.length > 0),
    },
    gpu_time: { ...chart(gpu), steps: list(gpu?.steps) },
    water: { ...chart(water), months: list(water?.months), intake: series(water?.intake), use: series(water?.use), unit: text(water?.unit) || 'm³' },
    money: { ...chart(money), lines: list(money?.lines), months: list(money?.months), monthly: series(money?.monthly), unit: text(money?.unit) || 'USD' },
    events: list(raw.events), event_counts: raw.event_counts ?? {}, claims: list(raw.claims), lints: list(raw.lints),
    ledgers: list(raw.ledgers).map(ledger => ({ ...ledger, lines: list(ledger.lines) })), sources: list(raw.sources), glossary: list(raw.glossary),
  };
}
