// Water by month: intake by source above the axis, where it went below.

import type { ReportData } from '../data';
import type { Drawing } from '../figure';
import { monthlyStack } from './monthlyStack';

export function waterChart(data: ReportData['water']): Drawing {
  return monthlyStack('water', data, 'Water in and out', data.months, data.unit, [
    { heading: 'In', series: data.intake, direction: 1 },
    { heading: 'Out', series: data.use, direction: -1 },
  ].filter(side => side.series.length > 0) as Parameters<typeof monthlyStack>[5]);
}
