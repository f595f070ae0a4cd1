import { describe, expect, test } from 'vitest';
import { count, counted, day, dollars, duration, fixed, inScale, moment, month, number, percent, quantity, scaleFor, siteTime, tick } from './format';

/** Spaces that do not break read as spaces here, so that the expectations stay readable. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('numbers', () => {
  test.each([
    [1123.4471, '1,123'], [845.2, '845'], [45.678, '45.7'], [5, '5.00'], [0.0789, '0.0789'], [0, '0'],
    [-12.34, '−12.3'], [3.2e-12, '3.20e−12'], [1234567, '1,234,567'],
  ])('%d is written %s', (value, text) => expect(number(value)).toBe(text));

  test('what is missing is a dash', () => {
    for (const missing of [null, undefined, Number.NaN, Infinity]) expect(number(missing)).toBe('–');
    expect(quantity(null, 'MW')).toBe('–');
  });

  test('percentages have one decimal, below one percent two digits', () => {
    expect([0.19, 0.0456, 0.0046, 0.00001, 0, 1, -0.034].map(percent)).toEqual(['19.0%', '4.6%', '0.46%', '<0.01%', '0%', '100%', '−3.4%']);
  });

  test('columns keep their decimals and counts take a plural', () => {
    expect([1.25, 1340, null].map(value => fixed(value, 1))).toEqual(['1.3', '1,340.0', '–']);
    expect([counted(1, 'event'), counted(1030, 'event'), count(550000)]).toEqual(['1 event', '1,030 events', '550,000']);
  });
});

describe('quantities', () => {
  test.each([
    [1123.4471, 'MW', '1.12 GW'], [845, 'MW', '845 MW'], [0.0012, 'MW', '1.20 kW'], [9_870_000, 'MWh', '9.87 TWh'],
    [4.2e9, 'USD', '4.20 billion USD'], [-7.5e6, 'USD', '−7.50 million USD'], [3.1e9, 'GPU-h', '3.10 billion GPU-h'],
    [12_345, 'm³', '12,345 m³'], [999.9, 'MW', '1.00 GW'],
  ])('%d %s is written %s', (value, unit, text) => expect(plain(quantity(value, unit))).toBe(text));

  test('money where room is short', () => expect([21.8e9, -7.4e8, 0, 950].map(dollars)).toEqual(['$21.8bn', '−$740m', '$0', '$950']));

  test('an axis keeps one step for all its ticks', () => {
    const scale = scaleFor(1600, 'MW');
    expect([0, 400, 800, 1200, 1600].map(value => tick(value, scale))).toEqual(['0', '0.4', '0.8', '1.2', '1.6']);
    expect(plain(inScale(84, scale))).toBe('0.0840 GW');
    expect(scaleFor(0, 'MW').unit).toBe('MW');
  });
});

describe('dates', () => {
  test('are readable and never shifted by a time zone', () => {
    expect(day('2026-05-03')).toBe('3 May 2026');
    expect(month('2026-05')).toBe('May 2026');
    expect(moment('2026-05-03T14:05:00-05:00')).toBe('3 May 2026, 14:05');
    expect(new Date(siteTime('2026-05-03T14:05:59')).toISOString()).toBe('2026-05-03T14:05:59.000Z');
  });

  test('what is not a date is shown as it stands', () => {
    expect([day('soon'), month(''), moment('Q3 2026')]).toEqual(['soon', '', 'Q3 2026']);
  });

  test('durations', () => expect([60, 30, 3600, 900].map(duration).map(plain)).toEqual(['1 min', '30 s', '1 h', '15 min']));
});
