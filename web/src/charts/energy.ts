// Energy over the run as flows, from fuel and imports on the left to useful IT and each loss on the right.

import { fontFamily, textStyle, tip, tooltip } from '../axes';
import type { ReportData } from '../data';
import type { Drawing, Space } from '../figure';
import { percent, quantity } from '../format';
import { familyColour } from '../palette';
import { placeNodes } from './energyLayout';

const margin = 8, gap = 14;

export function energyChart(data: ReportData['energy']): Drawing {
  const sinks = new Set(data.links.map(link => link.target).filter(name => !data.links.some(link => link.source === name)));
  const heightOf = (space: Space) => (space.paper ? 350 : Math.max(380, Math.min(720, sinks.size * 40 + 60)));
  const place = (height: number) => placeNodes(data.nodes, data.links, height - 2 * margin, gap);
  const { nodes: any, total } = place(1000);
  const flow = new Map(any.map(node => [node.name, node.flow]));

  const option = (space: Space) => {
    const { theme } = space;
    const { nodes, links } = place(heightOf(space));
    // Between close columns the value goes below the name.
    const between = space.width < 800 ? '\n' : '  ';
    const halo = { textBorderColor: theme.paper, textBorderWidth: 2.5 };
    return {
      textStyle: textStyle(theme),
      tooltip: tooltip(theme, { trigger: 'item', formatter: (one: { dataType: string; name: string; data: { source: string; target: string }; value: number }) =>
        one.dataType === 'edge'
          ? tip(`${one.data.source} → ${one.data.target}`, [{ label: 'Energy', value: quantity(one.value, 'MWh') }, { label: 'Share of all taken in', value: percent(one.value / total) }, { label: `Share of ${one.data.source}`, value: percent(one.value / (flow.get(one.data.source) ?? 0)) }])
          : tip(one.name, [{ label: 'Energy', value: quantity(flow.get(one.name), 'MWh') }, { label: 'Share of all taken in', value: percent((flow.get(one.name) ?? 0) / total) }]) }),
      series: [{
        type: 'sankey', left: 2, right: 196, top: margin, bottom: margin, nodeAlign: 'justify', nodeWidth: 11, nodeGap: gap, layoutIterations: 0, draggable: false, emphasis: { focus: 'adjacency' },
        data: nodes.map(node => ({
          name: node.name, localY: node.top, itemStyle: { color: familyColour(theme, node.family), borderWidth: 0 },
          label: { position: 'right', formatter: `{name|${escaped(node.name)}}${sinks.has(node.name) ? '  ' : between}{value|${quantity(node.flow, 'MWh')}}` },
        })),
        links: links.map(link => ({ ...link })), lineStyle: { color: 'source', opacity: theme.name === 'light' ? 0.3 : 0.38, curveness: 0.5 },
        label: {
          color: theme.ink, fontFamily, fontSize: 12.5, distance: 6,
          rich: { name: { color: theme.ink, fontFamily, fontSize: 12.5, lineHeight: 15, fontWeight: 600, ...halo }, value: { color: theme.soft, fontFamily, fontSize: 12, lineHeight: 15, ...halo } },
        },
      }],
    };
  };

  return {
    id: 'energy', says: data, fallback: 'Energy from fuel to useful IT', minWidth: 860, height: heightOf, option: option as Drawing['option'],
    rows: () => [['from', 'to', 'MWh'], ...data.links.map(link => [link.source, link.target, link.value])],
  };
}

/** Braces and bars steer the label's styles, so they are not taken from data. */
const escaped = (name: string) => name.replace(/[{}|]/g, ' ');
