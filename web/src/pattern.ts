// Quiet patterns over filled areas, so that neighbours are told apart without colour; the same in chart and legend.

import type { Theme } from './palette';

interface Pattern { gap: number; width: number; rotation: number; dots: boolean }

const patterns: (Pattern | null)[] = [
  null,
  { gap: 6, width: 1, rotation: -Math.PI / 4, dots: false },
  { gap: 6, width: 1.8, rotation: 0, dots: true },
  { gap: 6, width: 1, rotation: Math.PI / 4, dots: false },
  { gap: 5, width: 1, rotation: 0, dots: false },
  { gap: 6, width: 1, rotation: Math.PI / 2, dots: false },
];

const inkOf = (theme: Theme) => (theme.name === 'light' ? 'rgba(255,255,255,0.42)' : 'rgba(0,0,0,0.28)');

/** ECharts decal number `index`; the first is plain. */
export function decal(theme: Theme, index: number): object | undefined {
  const pattern = patterns[index % patterns.length];
  if (!pattern) return undefined;
  const common = { color: inkOf(theme), rotation: pattern.rotation };
  if (pattern.dots) return { ...common, symbol: 'circle', symbolSize: 0.5, dashArrayX: [[pattern.gap, pattern.gap], [0, pattern.gap, pattern.gap, 0]], dashArrayY: [pattern.gap, 0] };
  return { ...common, symbol: 'rect', symbolSize: 1, dashArrayX: [1, 0], dashArrayY: [pattern.width, pattern.gap] };
}

/** The same pattern as strokes over a box of the legend. */
export function patternLines(theme: Theme, index: number, width: number, height: number): { path: string; stroke: string; dots: boolean } | null {
  const pattern = patterns[index % patterns.length];
  if (!pattern) return null;
  const steps: string[] = [];
  const { gap, rotation, dots } = pattern;
  if (dots) for (let y = 3; y < height; y += 5) for (let x = 3 + (y % 2) * 3; x < width; x += 6) steps.push(`M${x} ${y}h.01`);
  else if (rotation === 0) for (let y = 3; y < height; y += gap) steps.push(`M0 ${y}H${width}`);
  else if (rotation > 1) for (let x = 3; x < width; x += gap) steps.push(`M${x} 0V${height}`);
  else for (let x = -height; x < width + height; x += gap + 1) steps.push(rotation < 0 ? `M${x} ${height}L${x + height} 0` : `M${x} 0L${x + height} ${height}`);
  return { path: steps.join(''), stroke: inkOf(theme), dots };
}
