// Money by month, by kind of cost; income lies below zero.

import type { ReportData } from '../data';
import type { Drawing } from '../figure';
import { monthlyStack } from './monthlyStack';

export function monthlyMoneyChart(data: ReportData['money']): Drawing {
  return { minor: true, ...monthlyStack('money-by-month', { title: 'By month', caption: `${data.unit} a month; income lies below zero.` }, 'Money by month', data.months, data.unit, [{ series: data.monthly, direction: 1 }]) };
}
