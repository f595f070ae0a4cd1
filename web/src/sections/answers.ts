// The question of the product, one clause a line.

import type { ReportData } from '../data';
import { h } from '../dom';
import { withTerms } from '../terms';
import { nothing, section, type Part } from './section';

export function answers(data: ReportData): Part {
  const seen = new Set<string>();
  const rows = data.answers.map(one => h('div', { class: 'answer' },
    h('dt', {}, one.question), h('dd', {}, h('p', { class: 'finding' }, withTerms(one.answer, seen)), one.detail && h('p', { class: 'detail' }, withTerms(one.detail, seen)))));
  return section('answers', 'Answers', rows.length ? h('dl', { class: 'answers' }, rows) : nothing('This run gives no answers; it was too short or stopped too early.'));
}
