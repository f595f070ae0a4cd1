// One small box that explains what is pointed at or focused: a term, a row of grades. Content is text, never markup.

import { h } from './dom';

let box: HTMLElement | undefined;
let owner: HTMLElement | undefined;

/** Shows `content` while `target` is pointed at or has the keyboard focus; Escape closes it. */
export function explain(target: HTMLElement, content: () => (Node | string)[]): void {
  const show = () => open(target, content());
  target.addEventListener('pointerenter', show);
  target.addEventListener('focus', show);
  target.addEventListener('pointerleave', () => close(target));
  target.addEventListener('blur', () => close(target));
  target.addEventListener('keydown', event => { if (event.key === 'Escape') close(target); });
}

function open(target: HTMLElement, content: (Node | string)[]): void {
  box ??= document.body.appendChild(h('div', { id: 'tip', role: 'tooltip' }));
  owner?.removeAttribute('aria-describedby');
  owner = target;
  box.replaceChildren(...content);
  box.classList.add('open');
  target.setAttribute('aria-describedby', 'tip');
  const at = target.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8));
  const below = at.bottom + 8 + height < innerHeight || at.top < height + 8;
  box.style.left = `${left + scrollX}px`;
  box.style.top = `${(below ? at.bottom + 6 : at.top - height - 6) + scrollY}px`;
}

function close(target: HTMLElement): void {
  if (owner !== target) return;
  target.removeAttribute('aria-describedby');
  box?.classList.remove('open');
  owner = undefined;
}
