// The parts of ECharts that the report uses, and nothing else, so that the page stays small.

import { BarChart, CustomChart, LineChart, SankeyChart } from 'echarts/charts';
import { DataZoomComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([
  BarChart, CustomChart, LineChart, SankeyChart, DataZoomComponent, GridComponent,
  LegendComponent, MarkLineComponent, TooltipComponent, SVGRenderer,
]);

export { init, graphic, type ECharts } from 'echarts/core';
export type { EChartsOption, SeriesOption } from 'echarts/types/dist/shared';
