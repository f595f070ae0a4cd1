// Headline numbers, each with the mix of evidence it rests on.

import type { Grades, ReportData } from '../data';
import { h } from '../dom';
import { percent } from '../format';
import { withTerms } from '../terms';
import { explain } from '../tip';
import { section, type Part } from './section';

export const gradeMeanings: Record<keyof Grades, string> = {
  A: 'primary record', B: 'named press or analyst', C: 'aggregator', D: 'derived here', E: 'assumption',
};
const letters = Object.keys(gradeMeanings) as (keyof Grades)[];

export function headline(data: ReportData): Part | null {
  if (!data.headline.length) return null;
  const seen = new Set<string>();
  return section('headline', 'Numbers|Headline numbers',
    h('dl', { class: 'headline' }, data.headline.map(one => h('div', {},
      h('dt', {}, withTerms(one.label, seen)),
      h('dd', { class: 'value' }, one.value, one.unit && h('span', { class: 'unit' }, one.unit)),
      h('dd', { class: 'basis' }, withTerms(one.basis, seen)),
      h('dd', {}, gradeBar(one.grades))))),
    h('p', { class: 'grade-key' }, 'The bar under each number shows the evidence of its inputs: ', letters.map(letter => h('span', {}, h('i', { class: `grade-${letter}` }), `${letter} ${gradeMeanings[letter]}`))));
}

function gradeBar(grades: Grades | undefined | null): HTMLElement | null {
  const total = letters.reduce((sum, letter) => sum + (grades?.[letter] ?? 0), 0);
  if (!grades || !(total > 0)) return null;
  const share = (letter: keyof Grades) => (grades[letter] ?? 0) / total;
  const label = letters.filter(letter => share(letter) > 0).map(letter => `${letter} ${percent(share(letter))}`).join(', ');
  const bar = h('div', { class: 'grades', role: 'img', tabindex: 0, 'aria-label': `Evidence of the inputs: ${label}` }, letters.map(letter => {
    const part = h('span', { class: `grade-${letter}` });
    part.style.flexGrow = String(share(letter));
    return share(letter) > 0 && part;
  }));
  explain(bar, () => [h('strong', {}, 'Evidence behind the inputs'), h('table', {}, letters.map(letter => h('tr', {}, h('td', {}, h('i', { class: `grade-${letter}` })), h('td', {}, letter), h('td', {}, gradeMeanings[letter]), h('td', {}, percent(share(letter))))))]);
  return bar;
}
