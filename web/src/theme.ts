// Light, dark and print. The page follows the system until the reader says otherwise; paper is always light.

import { dark, light, print, type Theme } from './palette';

const system = matchMedia('(prefers-color-scheme: dark)');
const key = 'gigawatt-theme';
const listeners: (() => void)[] = [];
let chosen = remembered();
let printing = false;

export function theme(): Theme {
  return printing ? print : (chosen ?? (system.matches ? 'dark' : 'light')) === 'dark' ? dark : light;
}

export function onThemeChange(listener: () => void): void {
  listeners.push(listener);
}

export function toggleTheme(): void {
  chosen = theme().name === 'dark' ? 'light' : 'dark';
  try { localStorage.setItem(key, chosen); } catch { /* a file:// page may have no storage; the choice then lasts until the page closes */ }
  apply();
}

/** Charts are redrawn for paper by whoever listens; `enter` and `leave` run around the print. */
export function watchPrinting(enter: () => void, leave: () => void): void {
  addEventListener('beforeprint', () => { printing = true; enter(); apply(); });
  addEventListener('afterprint', () => { printing = false; leave(); apply(); });
}

export function startTheme(): void {
  system.addEventListener('change', () => { if (!chosen) apply(); });
  apply();
}

function apply(): void {
  const root = document.documentElement;
  root.dataset['theme'] = theme().name;
  for (const [name, colour] of Object.entries(theme())) if (typeof colour === 'string' && name !== 'name') root.style.setProperty(`--${name}`, colour);
  for (const [family, colour] of Object.entries(theme().families)) root.style.setProperty(`--${family}`, colour);
  for (const listener of listeners) listener();
}

function remembered(): 'light' | 'dark' | null {
  try {
    const value = localStorage.getItem(key);
    return value === 'light' || value === 'dark' ? value : null;
  } catch {
    return null;
  }
}
