// The page of a study: the question, the answer in a sentence, pictures, tables.

import { studyChart } from '../charts/study';
import { append, h } from '../dom';
import { figure } from '../figure';
import type { StudyData } from '../study';
import { footer, navigation } from './header';
import { section, table, type Part } from './section';

export function study(data: StudyData): HTMLElement[] {
  // #only=2 shows the second picture and nothing else: for documents and slides.
  const only = data.charts[Number(/^#only=(\d+)$/.exec(location.hash)?.[1]) - 1];
  if (only) return [h('main', { class: 'alone' }, figure(studyChart(only, 0)))];
  const parts: Part[] = [
    section('answer', 'Answer', h('p', { class: 'finding' }, data.finding), data.remarks.length > 0 && h('ul', { class: 'remarks' }, data.remarks.map(remark => h('li', {}, remark)))),
  ];
  if (data.charts.length > 0) parts.push(section('pictures', 'Pictures', data.charts.map((chart, i) => figure(studyChart(chart, i)))));
  if (data.tables.length > 0) parts.push(section('tables', 'Tables', data.tables.flatMap(one => [h('h3', { class: 'minor' }, one.title), table(one.title, columnsOf(one), one.rows)])));
  const head = h('header', {});
  append(head, [h('p', { class: 'wordmark' }, 'Gigawatt', h('span', {}, `study: ${data.study}`)), h('h1', {}, data.subject), h('p', { class: 'description' }, data.question)]);
  return [head, navigation(data.subject, data, parts), h('main', {}, parts.map(part => part.element)), footer(data.program)];
}

/** A column in which every cell begins like a number stands to the right. */
function columnsOf(one: StudyData['tables'][number]): { name: string; number: boolean }[] {
  return one.columns.map((name, i) => ({ name, number: one.rows.length > 0 && one.rows.every(row => /^$|^[−-]?[\d.]/.test(row[i] ?? '')) && one.rows.some(row => row[i]) }));
}
