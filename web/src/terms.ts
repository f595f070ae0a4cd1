// Terms of the glossary inside running text: underlined with dots, explained by pointing or focus.

import { h } from './dom';
import { explain } from './tip';

let pattern: RegExp | null = null;
const meanings = new Map<string, { term: string; text: string }>();

export function learnTerms(glossary: { term: string; text: string }[]): void {
  for (const entry of glossary) if (entry.term?.trim()) meanings.set(entry.term.toLowerCase(), entry);
  const longestFirst = [...meanings.keys()].sort((a, b) => b.length - a.length).map(term => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+'));
  pattern = longestFirst.length ? new RegExp(`(?<![\\p{L}\\p{N}])(${longestFirst.join('|')})(s?)(?![\\p{L}\\p{N}])`, 'giu') : null;
}

/** Text whose terms explain themselves. `seen` holds the terms already marked in this section: once is enough. */
export function withTerms(written: string, seen = new Set<string>()): Node[] {
  const text = unbroken(written ?? '');
  if (!pattern || !text) return [document.createTextNode(text)];
  const nodes: Node[] = [];
  let from = 0;
  for (const found of text.matchAll(pattern)) {
    const key = (found[1] ?? '').toLowerCase().replace(/\s+/g, ' ');
    const meaning = meanings.get(key);
    if (!meaning || seen.has(key)) continue;
    seen.add(key);
    nodes.push(document.createTextNode(text.slice(from, found.index)), term(found[0], meaning.text));
    from = found.index + found[0].length;
  }
  nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}

/** A number keeps its percent sign or unit on its line. */
const unbroken = (text: string) => text.replace(/(\d) (?=%|[kMB]?USD\b|[kMGT]?Wh?\b|m³|°C|pu\b|Hz\b)/g, '$1\u00a0');

function term(text: string, meaning: string): HTMLElement {
  const mark = h('span', { class: 'term', tabindex: 0 }, text);
  explain(mark, () => [meaning]);
  return mark;
}
