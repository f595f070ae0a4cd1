// Energy over the run as flows, from fuel and imports on the left to useful IT and each loss on the right.

import { fontFamily, textStyle, tip, tooltip } from '../axes';
import type { ReportData } from '../data';
import type { Drawing, Space } from '../figure';
import { percent, quantity } from '../format';
import { familyColour } from '../palette';

export function energyChart(data: ReportData['energy']): Drawing {
  const names = new Set(data.nodes.map(node => node.name));
  const nodes = [...data.nodes];
  for (const link of data.links) for (const name of [link.source, link.target]) if (!names.has(name)) { names.add(name); nodes.push({ name, family: 'neutral' }); }
  const flow = (name: string) => {
    const sum = (side: 'source' | 'target') => data.links.filter(link => link[side] === name).reduce((all, link) => all + link.value, 0);
    return Math.max(sum('source'), sum('target'));
  };
  const sinks = new Set([...names].filter(name => !data.links.some(link => link.source === name)));
  const total = [...names].filter(name => !data.links.some(link => link.target === name)).reduce((all, name) => all + flow(name), 0);
  // Useful work runs straight along the top and losses fall away below it, the latest ones first: no flow crosses another without need.
  const depth = depths([...names], data.links);
  const used = nodes.filter(node => flow(node.name) > 0).sort((a, b) =>
    Number(sinks.has(a.name)) - Number(sinks.has(b.name)) || Number(a.family === 'fuel') - Number(b.family === 'fuel')
    || (sinks.has(a.name) ? depth.get(b.name)! - depth.get(a.name)! || Number(/useful/i.test(b.name)) - Number(/useful/i.test(a.name)) || flow(a.name) - flow(b.name) : 0));
  const rightmost = [...sinks].filter(name => flow(name) > 0).length;

  const option = (space: Space) => {
    const { theme } = space;
    return {
      textStyle: textStyle(theme),
      tooltip: tooltip(theme, { trigger: 'item', formatter: (one: { dataType: string; name: string; data: { source: string; target: string }; value: number }) =>
        one.dataType === 'edge'
          ? tip(`${one.data.source} → ${one.data.target}`, [{ label: 'Energy', value: quantity(one.value, 'MWh') }, { label: 'Share of all taken in', value: percent(one.value / total) }, { label: `Share of ${one.data.source}`, value: percent(one.value / flow(one.data.source)) }])
          : tip(one.name, [{ label: 'Energy', value: quantity(flow(one.name), 'MWh') }, { label: 'Share of all taken in', value: percent(flow(one.name) / total) }]) }),
      series: [{
        type: 'sankey', left: 2, right: 196, top: 8, bottom: 8, nodeAlign: 'justify', nodeWidth: 11, nodeGap: 13, layoutIterations: 0, draggable: false, emphasis: { focus: 'adjacency' },
        data: used.map(node => ({
          name: node.name, itemStyle: { color: familyColour(theme, node.family), borderWidth: 0 },
          label: { position: 'right', formatter: `{name|${escaped(node.name)}}  {value|${quantity(flow(node.name), 'MWh')}}` },
        })),
        links: data.links.map(link => ({ ...link })), lineStyle: { color: 'source', opacity: theme.name === 'light' ? 0.3 : 0.38, curveness: 0.5 },
        label: {
          color: theme.ink, fontFamily, fontSize: 12.5, distance: 6,
          rich: { name: { color: theme.ink, fontFamily, fontSize: 12.5, fontWeight: 600, textBorderColor: theme.paper, textBorderWidth: 2.5 }, value: { color: theme.soft, fontFamily, fontSize: 12, textBorderColor: theme.paper, textBorderWidth: 2.5 } },
        },
      }],
    };
  };

  return {
    id: 'energy', says: data, fallback: 'Energy from fuel to useful IT', minWidth: 860, height: () => Math.max(360, Math.min(720, rightmost * 38 + 60)), option: option as Drawing['option'],
    rows: () => [['from', 'to', 'MWh'], ...data.links.map(link => [link.source, link.target, link.value])],
  };
}

/** How many flows lie before each node, along the longest way; a cycle, which should not be, ends the search. */
export function depths(names: string[], links: { source: string; target: string }[]): Map<string, number> {
  const depth = new Map(names.map(name => [name, 0]));
  for (let round = 0; round < names.length; round++) {
    let changed = false;
    for (const link of links) {
      const next = depth.get(link.source)! + 1;
      if (next > depth.get(link.target)!) { depth.set(link.target, next); changed = true; }
    }
    if (!changed) break;
  }
  return depth;
}

/** Braces and bars steer the label's styles, so they are not taken from data. */
const escaped = (name: string) => name.replace(/[{}|]/g, ' ');
