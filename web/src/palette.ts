// The one palette. Each domain keeps its colour in every chart, legend, strip and table, in light, dark and print.
// Neighbouring domains differ in lightness as well as hue, lines also in dash, areas also in pattern, so that the
// page survives grey print and colour-blindness.

export type Family = 'fuel' | 'electricity' | 'heat' | 'water' | 'gpu' | 'money' | 'neutral';
export type Dash = 'solid' | number[];

export interface Theme {
  name: 'light' | 'dark';
  paper: string; ink: string; soft: string; faint: string; hairline: string; grid: string;
  families: Record<Family, string>;
}

export const light: Theme = {
  name: 'light', paper: '#fbfaf7', ink: '#1d2226', soft: '#565e66', faint: '#7d858c', hairline: '#d9d6ce', grid: '#e9e6df',
  families: { fuel: '#7b4f35', electricity: '#d6a034', heat: '#b8442f', water: '#4a8fc2', gpu: '#13695c', money: '#6a4583', neutral: '#858c93' },
};

export const dark: Theme = {
  name: 'dark', paper: '#15191d', ink: '#e9e7e2', soft: '#a9b0b6', faint: '#868e95', hairline: '#343b42', grid: '#262c32',
  families: { fuel: '#b07f60', electricity: '#e3b653', heat: '#dd6a52', water: '#74b3e0', gpu: '#3fa18f', money: '#a685c4', neutral: '#8d959c' },
};

/** On paper everything is light and the page is white. */
export const print: Theme = { ...light, paper: '#ffffff' };

export function familyColour(theme: Theme, family: string | undefined): string {
  return theme.families[family as Family] ?? theme.families.neutral;
}

/** Colours for some series: those of one family share its hue and step from dark to light. */
export function shades(theme: Theme, families: string[]): string[] {
  const seen = new Map<string, number>();
  return families.map(family => {
    const base = familyColour(theme, family);
    const members = families.filter(other => familyColour(theme, other) === base).length;
    const index = seen.get(base) ?? 0;
    seen.set(base, index + 1);
    const spread = Math.min(1, 0.22 * members);
    return shade(theme, base, members === 1 ? 0.5 : 0.5 - spread / 2 + (spread * index) / (members - 1));
  });
}

/** From darkest (0) over the pure colour (0.5) to lightest (1). */
export function shade(theme: Theme, base: string, step: number): string {
  const [low, high] = theme.name === 'light' ? ['#14181b', '#fbfaf7'] : ['#0d1013', '#f4f2ee'];
  return step < 0.5 ? mix(base, low, (0.5 - step) * 0.56) : mix(base, high, (step - 0.5) * 1.16);
}

export function mix(from: string, to: string, share: number): string {
  const channel = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  return `#${[1, 3, 5].map(at => Math.round(channel(from, at) * (1 - share) + channel(to, at) * share).toString(16).padStart(2, '0')).join('')}`;
}

interface Look { match: RegExp; family: Family; step: number; dash: Dash }

/** What can limit a campus, and how each looks; matched against key and label, first hit wins. */
const constraints: Look[] = [
  { match: /cool|chill|thermal/, family: 'heat', step: 0.5, dash: 'solid' },
  { match: /water/, family: 'water', step: 0.5, dash: [7, 3] },
  { match: /permit|licen|air.?quality/, family: 'neutral', step: 0.1, dash: [1.5, 3] },
  { match: /commission/, family: 'neutral', step: 0.72, dash: [9, 3] },
  { match: /fabric|network|switch|optic/, family: 'gpu', step: 0.92, dash: [5, 3] },
  { match: /rack|gpu|chip|deliver/, family: 'gpu', step: 0.4, dash: [11, 3, 2, 3] },
  { match: /power|turbine|grid|electric|generation/, family: 'electricity', step: 0.5, dash: 'solid' },
  { match: /floor|hall|shell|building/, family: 'fuel', step: 0.75, dash: [3, 3] },
  { match: /fuel|gas/, family: 'fuel', step: 0.4, dash: [7, 3] },
  { match: /money|cash|financ|contract/, family: 'money', step: 0.5, dash: [5, 2, 1, 2] },
];
const spareDashes: Dash[] = ['solid', [6, 3], [2, 3], [10, 3, 2, 3]];

/** Colour and dash of a binding constraint: the same as line, strip and table mark. */
export function constraintLook(theme: Theme, key: string, label = key, family = 'neutral', index = 0): { colour: string; dash: Dash } {
  const look = constraints.find(one => one.match.test(`${key} ${label}`.toLowerCase()));
  if (look) return { colour: shade(theme, theme.families[look.family], look.step), dash: look.dash };
  return { colour: shade(theme, familyColour(theme, family), (index % 3) / 2), dash: spareDashes[index % spareDashes.length]! };
}

/** The domain that a loss of GPU time belongs to: waiting for power is electricity, waiting for cooling is heat. */
export function lossFamily(key: string): Family {
  return /power|electric/.test(key) ? 'electricity' : /cool|throttl|thermal/.test(key) ? 'heat' : /await|commission|permit/.test(key) ? 'neutral' : 'gpu';
}

export const dashes: Dash[] = ['solid', [7, 3], [2, 3], [10, 3, 2, 3], [4, 2], [14, 4]];
