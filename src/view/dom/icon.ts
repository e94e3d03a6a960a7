const SVG = 'http://www.w3.org/2000/svg';

/** Paths on a 16 × 16 grid, drawn as lines of the text's colour. */
const PATHS = {
  more: 'M4 2.5v11M4 8h3.5c2 0 3-1 3-3V3M4 8h3.5c2 0 3 1 3 3v2M8.7 4.6l1.8-1.9 1.8 1.9M8.7 11.4l1.8 1.9 1.8-1.9',
  stop: 'M4.5 4.5h7v7h-7z',
  previous: 'M10 3.5 5.5 8l4.5 4.5',
  next: 'M6 3.5 10.5 8 6 12.5',
  insert: 'M13 3v4.5c0 1-.5 1.5-1.5 1.5H4M6.8 6 3.8 9l3 3',
  copy: 'M6 5.5h7.5v8H6zM10.5 5.5v-3H3v8h3',
  check: 'm3 8.5 3.2 3.2L13 4.5',
  key: 'M9.5 6.5a3 3 0 1 0-2.1 2.9L9 11h1.5v1.5H12V14h2v-2.2L9.3 7.4',
  retry: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3',
  error: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  warning: 'M8 2.5 14 13.5H2zM8 6.5v3.2M8 11.6v.2',
  menu: 'M3.5 8h.1M8 8h.1M12.5 8h.1',
  apart: 'M8 2.5v11M5.5 5 2.5 8l3 3M10.5 5l3 3-3 3M2.5 8H6M13.5 8H10',
  raw: 'M5.5 4 2 8l3.5 4M10.5 4 14 8l-3.5 4',
  colours: 'M4 12.5 8 3l4 9.5M5.4 9.2h5.2M2.5 14.3h11',
  help: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M6.2 6.3c.2-2.2 3.6-2.2 3.6 0C9.8 7.7 8 7.6 8 9M8 11.2v.1',
  prompt: 'M3.5 2.5h9v11h-9zM5.5 5.5h5M5.5 8h5M5.5 10.5h3',
  word: 'M3 5v6M13 5v6M5.5 8h5',
  replace: 'M3 5.5h8.5M9 3l2.5 2.5L9 8M13 10.5H4.5M7 8l-2.5 2.5L7 13',
  diff: 'M5 2.5v7M2 6h6M9 12.5h5',
  select: 'M3 3h10v10H3zM5.5 8l2 2 3-4',
  split: 'M8 13.5V9L4 4M8 9l4-5M3.5 6.5V3.5h3M12.5 6.5V3.5h-3',
  fold: 'M5 3h8v8M3 5h8v8H3z',
  down: 'M4.5 6.5 8 10l3.5-3.5',
  close: 'M4 4l8 8M12 4l-8 8',
  frozen: 'M8 2v12M2.8 5l10.4 6M13.2 5 2.8 11M6.3 3.2 8 4.8l1.7-1.6M6.3 12.8 8 11.2l1.7 1.6',
  info: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 7.3v3.7M8 5v.2',
} as const;

export type IconName = keyof typeof PATHS;

/** An icon that says nothing to a screen reader; the words stand beside it. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
