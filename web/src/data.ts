// The shape of the data that `gw` writes into a report. The C# twin of this file is src/Gigawatt.Twin/Reports/ReportData.cs:
// change both together. All numbers are in the unit the field's name or `unit` says; dates are ISO 8601 in site time.

/** Every chart says its finding as a sentence and its basis and source below. */
export interface Chart {
  /** The finding, a full sentence computed from the run. */
  title: string;
  /** Basis of the numbers, what is left out, source. */
  caption: string;
}

/** Share of input values by evidence grade: A primary record, B named press or analyst, C aggregator, D derived, E assumption. */
export type Grades = { A: number; B: number; C: number; D: number; E: number };

export interface Series {
  key: string;
  label: string;
  /** Colour family: fuel, electricity, heat, water, gpu, money, or neutral. */
  family: string;
  values: (number | null)[];
}

/** One bar of a waterfall from a total down by losses to what is left. */
export interface Bar { key: string; label: string; gpu_hours: number; note: string; kind: 'total' | 'loss' | 'useful' }

/** A waterfall beside the main one. */
export interface Waterfall { key: string; title: string; caption: string; steps: Bar[] }

/** A finding in a table; the value is written already. */
export interface Finding { key: string; label: string; value: string; unit: string; note: string }

export interface ReportData {
  name: string;
  description: string;
  /** False when the run was interrupted; the report then says so on top. */
  complete: boolean;
  seed: number;
  from: string;
  to: string;
  step_s: number;
  steps: number;
  program: string;
  scenario_hash: string;

  /** The question of the product, answered one clause a line: how many useful GPUs, when, limited by what, at what cost, paid by whom, what would stop them. */
  answers: { question: string; answer: string; detail: string }[];
  /** Headline numbers; value is already formatted ("1.12", "1.23"), with its unit apart. */
  headline: { key: string; label: string; value: string; unit: string; basis: string; grades: Grades }[];

  /** Capacity by kind in MW of live IT power that each constraint alone would allow, one value a day. */
  capacity: Chart & {
    dates: string[];
    kinds: Series[];
    /** What the campus could run: the lowest of the kinds. */
    live_mw: number[];
    /** What the halls really drew, daily mean. */
    it_power_mw: number[];
    /** Key of the binding kind, one a day, for the strip. */
    binding: string[];
    /** One row a month. */
    months: { month: string; constraint: string; live_it_power_mw: number; next: string; margin_mw: number }[];
  };
  /** Energy over the run, from fuel to useful IT; values in MWh; an acyclic graph. */
  energy: Chart & { nodes: { name: string; family: string }[]; links: { source: string; target: string; value: number }[] };
  /** Who supplied the load; daily mean MW; stacked. */
  dispatch: Chart & { dates: string[]; supply: Series[]; load_mw: number[] };
  /** The hottest week at fine resolution. panels are drawn one above the other with a shared time axis. */
  hot_week: Chart & { times: string[]; panels: { label: string; unit: string; stacked: boolean; series: Series[] }[] };
  /** From installed to useful; GPU-hours; the first bar is the total, the last is what remains. */
  /** `parts`: the same while the fleet stood still at some size, and from useful hours to arithmetic. */
  gpu_time: Chart & { steps: Bar[]; parts: Waterfall[] };
  water: Chart & { months: string[]; intake: Series[]; use: Series[]; unit: string };
  money: Chart & {
    /** USD over the run; positive is cost, negative is income. */
    lines: { label: string; usd: number; to: string; kind: 'cost' | 'income' }[];
    months: string[];
    monthly: Series[];
    unit: string;
  };
  /** The campus as it is, then each changed one that was run beside; no rows when there was none. */
  what_if: Chart & {
    rows: {
      name: string;
      /** How it differs from the campus as it is: "37 more interruptions, …". */
      says: string;
      interruptions: number; useful_gpu_hours: number; unserved_mwh: number; cost_usd: number;
      usd_per_useful_gpu_hour: number | null;
    }[];
  };
  events: { time: string; kind: string; component: string; text: string }[];
  /** How many events of each kind happened; `events` holds at most a few hundred of the weightier ones. */
  event_counts: Record<string, number>;
  claims: {
    says: string;
    by: string;
    on: string;
    verdict: 'supported' | 'contradicted' | 'not decidable';
    /** Why, with numbers: "cooling allowed 352 MW, 648 MW short". */
    reason: string;
    source: string;
    grade: string;
  }[];
  lints: { code: string; where: string; text: string }[];
  ledgers: { key: string; label: string; unit: string; relative_residual: number; lines: { label: string; side: 'in' | 'out' | 'stored'; value: number }[] }[];
  sources: { id: string; title: string; publisher: string; date: string; grade: string; values: number }[];
  glossary: { term: string; text: string }[];
  /** Units, permits, batteries and the one-line network in numbers; shares are fractions, masses tonnes. */
  power: Chart & {
    units: {
      name: string; units: number; starts: number; failed_starts: number; planned_works: number; running_hours: number; outage_hours: number;
      energy_mwh: number; fuel_mwh: number; nox_t: number; co2_t: number;
    }[];
    permits: {
      name: string; nox_t: number; highest_nox_t: number; nox_cap_t: number | null; co2_t: number; highest_co2_t: number; co2_cap_t: number | null;
      /** First day over a cap; empty when none was passed. */
      first_over: string;
    }[];
    batteries: { name: string; throughput_mwh: number; full_cycles: number; worst_depth: number; lowest_capacity: number; highest_capacity: number }[];
    /** Sudden changes of load and supply, and what became of them; no rows where none was looked at. */
    stability: Chart & { rows: Finding[] };
    /** The swing of the load inside training steps. */
    swing: Chart & { rows: Finding[] };
    /** What shortfalls took, in the order in which measures are taken; no rows where nothing ran short. */
    shortfall: Chart & { rows: Finding[] };
    network: {
      solved_days: number; failed_days: number;
      rows: Finding[];
      /** The worst loss of one circuit of each line; no loading where nothing steady is left. */
      outages: { line: string; circuits: number; on: string; loading: number | null; load_lost_mw: number }[];
      transformers: { name: string; life_used: number; service: number; hottest_c: number }[];
    };
  };
  /** Serving pools, contracts for capacity and jobs of reinforcement learning; shares are fractions. */
  serving: Chart & {
    pools: {
      name: string; tokens: number; mean_gpus: number; most_gpus: number; busy: number; late_share: number; lost_share: number; missing_gpus: number;
      usd_per_mtok: number; revenue_usd: number;
    }[];
    rentals: {
      tenant: string; name: string; gpus: number; available: number; used: number; revenue_usd: number; credit_usd: number; credit_months: number;
      own_usd: number; margin_usd: number;
    }[];
    learning: {
      name: string;
      /** What sets its pace: rollout, learner or live users. */
      bound: string;
      rollout_gpus: number; learner_gpus: number; waiting: number; tokens_per_s: number; tokens: number; updates: number; interactions: number;
    }[];
  };
  /** Training jobs one by one, the most important first; fractions of their GPU-time, and of a step in the plan. */
  jobs: Chart & {
    rows: {
      name: string; gpus: number; mean_gpus: number; useful_gpu_hours: number; goodput_fraction: number | null;
      interruptions: number; hours_between: number | null; by_cause: Record<string, number>;
      preemptions: number; planned_stops: number; absorbed_flaps: number; begun_anew: number;
      /** By the lines of the GPU-time ledger. */
      gpu_hours: Record<string, number>;
      /** What interruptions took in all, and one of them. */
      interrupted_fraction: number | null; lost_gpu_hours_per_interruption: number | null; usd_per_interruption: number | null; usd_per_day: number | null;
      /** Null of a job without a plan. */
      plan: {
        gpu: string; layout: string; step_s: number; mfu_fraction: number; kernels_fraction: number; bubble_fraction: number; communication_fraction: number;
        stragglers_fraction: number; other_fraction: number; memory_gb: number; gpu_memory_gb: number;
      } | null;
    }[];
  };
}
