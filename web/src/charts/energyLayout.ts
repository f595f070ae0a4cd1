// Where the nodes of the energy picture stand. Useful work runs straight along the top, losses fall away below it,
// the latest ones first, and each flow starts out level; the library's own layout crosses flows without need.

export interface Link { source: string; target: string; value: number }
export interface Node { name: string; family: string }
export interface Placed { nodes: (Node & { flow: number; top: number | undefined })[]; links: Link[]; total: number }

export function placeNodes(given: Node[], links: Link[], height: number, gap: number): Placed {
  const known = new Map(given.map(node => [node.name, node]));
  for (const link of links) for (const name of [link.source, link.target]) if (!known.has(name)) known.set(name, { name, family: 'neutral' });
  const sum = (all: Link[]) => all.reduce((total, link) => total + link.value, 0);
  const into = (name: string) => links.filter(link => link.target === name);
  const outOf = (name: string) => links.filter(link => link.source === name);
  const flow = new Map([...known.keys()].map(name => [name, Math.max(sum(into(name)), sum(outOf(name)))]));
  const isSink = (name: string) => outOf(name).length === 0;
  const depth = depths([...known.keys()], links);
  const last = Math.max(0, ...depth.values());
  const column = (name: string) => (isSink(name) ? last : depth.get(name)!);

  const nodes = [...known.values()].filter(node => flow.get(node.name)! > 0).sort((a, b) =>
    Number(isSink(a.name)) - Number(isSink(b.name)) || Number(a.family === 'fuel') - Number(b.family === 'fuel')
    || (isSink(a.name) ? depth.get(b.name)! - depth.get(a.name)! || Number(/useful/i.test(b.name)) - Number(/useful/i.test(a.name)) || flow.get(a.name)! - flow.get(b.name)! : 0));
  const rank = new Map(nodes.map((node, i) => [node.name, i]));
  const ordered = [...links].sort((a, b) => rank.get(a.source)! - rank.get(b.source)! || rank.get(a.target)! - rank.get(b.target)!);

  const columns = Array.from({ length: last + 1 }, (_, at) => nodes.filter(node => column(node.name) === at));
  const scale = Math.min(...columns.filter(list => list.length > 0).map(list => (height - (list.length - 1) * gap) / list.reduce((total, node) => total + flow.get(node.name)!, 0)));
  const stacked = new Map<string, number>();
  for (const list of columns) list.reduce((y, node) => (stacked.set(node.name, y), y + flow.get(node.name)! * scale + gap), 0);

  const top = new Map(stacked);
  for (const list of columns.slice(1, -1)) {
    let free = 0;
    for (const node of list) {
      const level = Math.min(...into(node.name).map(link => {
        const before = outOf(link.source).filter(other => stacked.get(other.target)! < stacked.get(node.name)!);
        return top.get(link.source)! + sum(before) * scale;
      }));
      const size = flow.get(node.name)! * scale;
      const y = Math.max(free, Math.min(level, height - size));
      top.set(node.name, y);
      free = y + size + gap;
    }
  }
  const total = sum(nodes.filter(node => into(node.name).length === 0).flatMap(node => outOf(node.name)));
  return { nodes: nodes.map(node => ({ ...node, flow: flow.get(node.name)!, top: last > 0 ? top.get(node.name)! / height : undefined })), links: ordered, total };
}

/** How many flows lie before each node, along the longest way; a cycle, which should not be, ends the search. */
function depths(names: string[], links: Link[]): Map<string, number> {
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
