// What GPUs did beside training runs: serving pools, contracts for capacity, reinforcement learning.

import type { ReportData } from '../data';
import { h } from '../dom';
import { count, number, quantity } from '../format';
import { withTerms } from '../terms';
import { section, table, type Column, type Part } from './section';

type Serving = ReportData['serving'];

/** Columns of words, parted by bars, then columns of numbers. */
const columns = (words: string, ...names: string[]): Column[] => [...words.split('|').map(name => ({ name })), ...names.map(name => ({ name, number: true }))];
const percent = (value: number) => (value > 0 && value < 1e-5 ? 'below 0.001 %' : `${number(value * 100)} %`);
const price = (value: number) => `${number(value)} USD`;

export function serving(data: Serving): Part | null {
  const { pools, rentals, learning } = data;
  if (!pools.length && !rentals.length && !learning.length) return null;
  const titled = (title: string, head: Column[], rows: string[][]) => (rows.length ? [h('h3', { class: 'minor' }, title), table(title, head, rows, 'stacking')] : []);
  return section('serving', 'Serving|Serving, rentals and learning', data.title && h('h3', {}, withTerms(data.title)),
    titled('Serving pools', columns('Pool', 'Tokens', 'GPUs, mean', 'GPUs, most', 'Busy', 'Late', 'Lost', 'GPUs missing, mean', 'USD per million tokens', 'Sold'),
      pools.map(one => [
        one.name, quantity(one.tokens, ''), count(one.mean_gpus), count(one.most_gpus), percent(one.busy), percent(one.late_share), percent(one.lost_share), count(one.missing_gpus),
        number(one.usd_per_mtok), quantity(one.revenue_usd, 'USD'),
      ])),
    titled('Contracts', columns('Tenant', 'GPUs', 'Available', 'Used', 'Rent', 'Given back', 'Months with credit', 'Worth in own use', 'Margin'),
      rentals.map(one => [
        `${one.tenant}: ${one.name}`, count(one.gpus), percent(one.available), percent(one.used), quantity(one.revenue_usd, 'USD'), one.credit_usd ? quantity(one.credit_usd, 'USD') : price(0),
        count(one.credit_months), quantity(one.own_usd, 'USD'), quantity(one.margin_usd, 'USD'),
      ])),
    titled('Reinforcement learning', columns('Job|Paced by', 'Rollout GPUs', 'Learner GPUs', 'Waiting', 'Tokens a second', 'Tokens', 'Updates', 'Interactions'),
      learning.map(one => [
        one.name, one.bound, count(one.rollout_gpus), count(one.learner_gpus), percent(one.waiting), quantity(one.tokens_per_s, ''), quantity(one.tokens, ''), quantity(one.updates, ''),
        quantity(one.interactions, ''),
      ])),
    data.caption && h('p', { class: 'shown' }, data.caption));
}
