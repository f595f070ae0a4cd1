// Where the numbers come from, and what the words mean.

import type { Grades, ReportData } from '../data';
import { h } from '../dom';
import { count, day, month } from '../format';
import { gradeMeanings } from './headline';
import { section, table, type Part } from './section';

export function sources(data: ReportData): Part | null {
  if (!data.sources.length) return null;
  const listed = [...data.sources].sort((a, b) => a.grade.localeCompare(b.grade) || b.values - a.values);
  return section('sources', 'Sources', table('Sources of the input values', [{ name: 'Grade' }, { name: 'Title', wide: true }, { name: 'Publisher' }, { name: 'Date' }, { name: 'Values', number: true }],
    listed.map(source => [
      h('span', { class: 'grade', title: gradeMeanings[source.grade as keyof Grades] ?? '' }, h('i', { class: `grade-${source.grade}` }), source.grade),
      [source.title, h('code', { class: 'by' }, source.id)], source.publisher, date(source.date), count(source.values),
    ]), 'stacking'));
}

/** A source may be dated to the day, the month or the year. */
const date = (text: string) => (!text ? '–' : /^\d{4}-\d\d$/.test(text) ? month(text) : day(text));

export function glossary(data: ReportData): Part | null {
  if (!data.glossary.length) return null;
  const entries = [...data.glossary].sort((a, b) => a.term.localeCompare(b.term));
  return section('glossary', 'Glossary', h('dl', { class: 'glossary' }, entries.map(entry => h('div', {}, h('dt', {}, entry.term), h('dd', {}, entry.text)))));
}
