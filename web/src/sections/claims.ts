// Public claims held against the run.

import type { ReportData } from '../data';
import { h } from '../dom';
import { day } from '../format';
import { withTerms } from '../terms';
import { section, table, type Part } from './section';

const icons: Record<string, string> = { supported: '✓', contradicted: '✕', 'not decidable': '?' };

export function claims(data: ReportData): Part | null {
  if (!data.claims.length) return null;
  const seen = new Set<string>();
  const titles = new Map(data.sources.map(source => [source.id, source.title]));
  return section('claims', 'Claims', table('Public claims and what the run says about them',
    [{ name: 'Verdict' }, { name: 'Claim', wide: true }, { name: 'What the run says', wide: true }, { name: 'Source' }],
    data.claims.map(claim => [
      h('span', { class: `verdict ${claim.verdict.replace(' ', '-')}` }, h('span', { class: 'icon', 'aria-hidden': 'true' }, icons[claim.verdict] ?? '?'), claim.verdict),
      [h('span', { class: 'says' }, `“${claim.says}”`), h('span', { class: 'by' }, [claim.by, claim.on && day(claim.on)].filter(Boolean).join(', '))],
      withTerms(claim.reason, seen),
      [titles.get(claim.source) ?? claim.source, claim.grade && h('span', { class: 'by' }, `grade ${claim.grade}`)],
    ]), 'stacking'));
}

export function lints(data: ReportData): Part | null {
  if (!data.lints.length) return null;
  return section('lints', 'Traps|Traps in the scenario', table('Places in the scenario that need a second look',
    [{ name: 'Code' }, { name: 'Where', wide: true }, { name: 'What', wide: true }],
    data.lints.map(lint => [h('code', {}, lint.code), h('code', { class: 'where' }, lint.where), withTerms(lint.text)]), 'stacking'));
}
