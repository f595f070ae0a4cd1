// How numbers, units and dates are written, everywhere in the report.
// Three significant digits, a space that does not break before the unit, a real minus sign, months by name.

const space = '\u00a0';
const minus = '\u2212';
const none = '–';

/** One step of a unit: values in the base unit are divided by `factor` and shown in `unit`. */
export interface Scale { factor: number; unit: string }

const ladders: Record<string, Scale[]> = {
  MW: [{ factor: 1e-3, unit: 'kW' }, { factor: 1, unit: 'MW' }, { factor: 1e3, unit: 'GW' }],
  MWh: [{ factor: 1e-3, unit: 'kWh' }, { factor: 1, unit: 'MWh' }, { factor: 1e3, unit: 'GWh' }, { factor: 1e6, unit: 'TWh' }],
  USD: [{ factor: 1, unit: 'USD' }, { factor: 1e3, unit: 'thousand USD' }, { factor: 1e6, unit: 'million USD' }, { factor: 1e9, unit: 'billion USD' }],
};
const words: [number, string][] = [[1e6, 'million'], [1e9, 'billion'], [1e12, 'trillion']];

/** The steps a unit may be shown in; units not listed are counted in millions and billions once they are large. */
function ladder(unit: string): Scale[] {
  return ladders[unit] ?? [{ factor: 1, unit }, ...words.map(([factor, word]) => ({ factor, unit: `${word} ${unit}`.trim() }))];
}

/** The step in which the largest of some values reads best; one step for a whole axis or column. */
export function scaleFor(largest: number, unit: string): Scale {
  const steps = ladder(unit);
  const size = Math.abs(largest);
  const start = steps.find(step => step.factor === 1) ?? steps[0]!;
  if (!Number.isFinite(size) || size === 0) return start;
  return steps.findLast(step => size >= step.factor * 0.9995) ?? steps[0]!;
}

const formats = new Map<string, Intl.NumberFormat>();

/** Making a number format costs far more than using one, so each is made once. */
function written(value: number, options: Intl.NumberFormatOptions): string {
  const key = JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, format = new Intl.NumberFormat('en-US', options));
  return format.format(value).replaceAll('-', minus);
}

/** Three significant digits with thousands separators: 1,230 · 45.6 · 0.0789. */
export function number(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return none;
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-4) return value.toExponential(digits - 1).replaceAll('-', minus);
  if (size >= 10 ** digits) return written(value, { maximumFractionDigits: 0 });
  return written(value, { maximumSignificantDigits: digits, minimumSignificantDigits: digits });
}

/** A value in its best step of the unit: 1.12 GW. */
export function quantity(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return none;
  return inScale(value, scaleFor(value, unit));
}

/** A value in a step chosen for its whole column or axis. */
export function inScale(value: number | null | undefined, scale: Scale): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return none;
  return `${number(value / scale.factor)}${space}${scale.unit}`.trimEnd();
}

/** A tick of an axis: as many digits as the number needs and no more. */
export function tick(value: number, scale: Scale): string {
  return written(Number((value / scale.factor).toPrecision(6)), { maximumFractionDigits: 6 });
}

/** Money where room is short: $21.8bn, −$740m. */
export function dollars(usd: number): string {
  const scale = scaleFor(usd, 'USD');
  const suffix = { 'million USD': 'm', 'billion USD': 'bn', 'thousand USD': 'k' }[scale.unit] ?? '';
  return `${usd < 0 ? minus : ''}$${number(Math.abs(usd) / scale.factor)}${suffix}`;
}

/** A column of numbers that line up: the same decimals for all. */
export function fixed(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return none;
  return written(value, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

export function count(value: number): string {
  return Number.isFinite(value) ? written(Math.round(value), {}) : none;
}

/** "1 event", "2 events": the noun is given in the singular. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** 12.3%, 4.6%; below one percent two digits: 0.046%. */
export function percent(fraction: number | null | undefined): string {
  if (fraction === null || fraction === undefined || !Number.isFinite(fraction)) return none;
  const value = fraction * 100;
  const size = Math.abs(value);
  if (size === 0 || size === 100) return `${written(value, {})}%`;
  if (size < 0.01) return '<0.01%';
  return `${size < 1 ? written(value, { maximumSignificantDigits: 2 }) : fixed(value, 1)}%`;
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const short = (month: number) => months[month]?.slice(0, 3) ?? '';

/** A site time as a number. It is read as if it were UTC, so that the clock of the reader's computer never shifts it. */
export function siteTime(iso: string): number {
  const found = /^(\d{4})-(\d\d)(?:-(\d\d))?(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?/.exec(iso ?? '');
  if (!found) return Number.NaN;
  const [, year, month, day = '1', hour = '0', minute = '0', second = '0'] = found;
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

/** 3 May 2026; what is not a date is shown as it stands. */
export function day(when: string | number): string {
  const time = typeof when === 'number' ? when : siteTime(when);
  if (Number.isNaN(time)) return String(when ?? '');
  const date = new Date(time);
  return `${date.getUTCDate()} ${short(date.getUTCMonth())} ${date.getUTCFullYear()}`;
}

/** May 2026. */
export function month(when: string | number): string {
  const time = typeof when === 'number' ? when : siteTime(when);
  if (Number.isNaN(time)) return String(when ?? '');
  const date = new Date(time);
  return `${short(date.getUTCMonth())} ${date.getUTCFullYear()}`;
}

/** 3 May 2026, 14:05. */
export function moment(when: string | number): string {
  const time = typeof when === 'number' ? when : siteTime(when);
  if (Number.isNaN(time)) return String(when ?? '');
  return `${day(time)}, ${new Date(time).toISOString().slice(11, 16)}`;
}

/** A step length: 1 min, 30 s, 1 h. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return none;
  const [divisor, unit] = seconds >= 86400 ? [86400, 'd'] : seconds >= 3600 ? [3600, 'h'] : seconds >= 60 ? [60, 'min'] : [1, 's'];
  return `${Number((seconds / divisor).toPrecision(3))}${space}${unit}`;
}
