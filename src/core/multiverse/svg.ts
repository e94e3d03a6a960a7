import type { Box } from './layout';
import { labelOf, outlineText, type PlotWords } from './words';

/** Colours as CSS writes them. */
export interface Palette {
  background: string;
  text: string;
  /** Around every block. */
  line: string;
  /** Around what the draft took. */
  taken: string;
  /** Of the hatching on what is not listed. */
  muted: string;
  /** A background for each hue. */
  hues: readonly string[];
}

/** One plot of a picture; several stand side by side. */
export interface Panel {
  title: string;
  subtitle: string;
  boxes: readonly Box[];
}

/** Lengths in CSS pixels. */
export interface PictureSize {
  columnWidth: number;
  columns: number;
  height: number;
}

/** Where things stand in a picture. */
const MARGIN = 16;
const GAP = 24;
const HEAD = 44;
const PADDING = 4;
/** Of a letter's size: how wide letters are on average, so that labels can be cut without measuring. */
const LETTER = 0.54;

/** How large the whole picture is. */
export function pictureSize(panels: number, size: PictureSize): { width: number; height: number } {
  const width = panels * size.columns * size.columnWidth + (panels - 1) * GAP + 2 * MARGIN;
  return { width, height: size.height + HEAD + 2 * MARGIN };
}

/** A rectangle of a picture, placed. */
export interface PlacedBox {
  box: Box;
  x: number;
  y: number;
  width: number;
  label: string;
}

/** Every box of every panel, where it stands in the picture. */
export function placed(panels: readonly Panel[], size: PictureSize, words: PlotWords): PlacedBox[] {
  return panels.flatMap(({ boxes }, panel) =>
    boxes.map((box) => {
      const room = size.columnWidth - 2 * PADDING;
      return {
        box,
        x: panelLeft(panel, size) + box.column * size.columnWidth,
        y: MARGIN + HEAD + box.top,
        width: size.columnWidth,
        label: box.fontSize === null ? '' : fitted(markedLabel(box, words), room, box.fontSize),
      };
    }),
  );
}

/** Where the titles of a panel begin. */
export function panelLeft(panel: number, { columns, columnWidth }: PictureSize): number {
  return MARGIN + panel * (columns * columnWidth + GAP);
}

export const TITLE = { y: MARGIN + 12, size: 14 } as const;
export const SUBTITLE = { y: MARGIN + 30, size: 11 } as const;
export const LABEL_PADDING = PADDING;

/** The plots as one SVG picture that needs nothing else; it holds them in words, too. */
export function plotSvg(
  panels: readonly Panel[],
  size: PictureSize,
  palette: Palette,
  words: PlotWords,
): string {
  const { width, height } = pictureSize(panels.length, size);
  const outline = panels.map(({ title, subtitle, boxes }) =>
    [title, subtitle, outlineText(boxes, words)].join('\n'),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}" role="img" font-family="sans-serif">`,
    `<title>${escaped(panels.map(({ title }) => title).join(' · '))}</title>`,
    `<desc>${escaped(outline.join('\n\n'))}</desc>`,
    `<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V6" stroke="${escaped(palette.muted)}" stroke-width="1.5"/></pattern></defs>`,
    `<rect width="100%" height="100%" fill="${escaped(palette.background)}"/>`,
    ...panels.flatMap((panel, at) => titles(panel, panelLeft(at, size), palette)),
    ...placed(panels, size, words).map((each) => rectangle(each, palette)),
    '</svg>',
    '',
  ].join('\n');
}

function titles({ title, subtitle }: Panel, x: number, { text }: Palette): string[] {
  const line = (content: string, { y, size }: { y: number; size: number }, weight: string) =>
    `<text x="${n(x)}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${escaped(text)}">${escaped(content)}</text>`;
  return [line(title, TITLE, 'bold'), line(subtitle, SUBTITLE, 'normal')];
}

function rectangle({ box, x, y, width, label }: PlacedBox, palette: Palette): string {
  const { kind, height, hue, taken, fontSize } = box;
  const fill = kind === 'tail' ? 'url(#hatch)' : (palette.hues[hue] ?? palette.background);
  const opacity = kind === 'rest' ? ' fill-opacity="0.4"' : '';
  const stroke = `stroke="${escaped(taken ? palette.taken : palette.line)}" stroke-width="${taken ? 2 : 0.5}"`;
  const rect = `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="${escaped(fill)}"${opacity} ${stroke}/>`;
  if (fontSize === null || label === '') {
    return rect;
  }
  const middle = y + height / 2 + fontSize * 0.35;
  // Hatching under letters would make them hard to read.
  const halo =
    kind === 'tail'
      ? ` paint-order="stroke" stroke="${escaped(palette.background)}" stroke-width="4"`
      : '';
  return `${rect}<text x="${n(x + PADDING)}" y="${n(middle)}" font-size="${n(fontSize)}" fill="${escaped(palette.text)}"${halo}>${escaped(label)}</text>`;
}

/** A label with the mark of what was taken, which colour alone would not tell. */
export function markedLabel(box: Box, words: PlotWords): string {
  const label = labelOf(box, words);
  return box.taken ? `✓ ${label}` : label;
}

function fitted(label: string, room: number, fontSize: number): string {
  const most = Math.floor(room / (fontSize * LETTER));
  const letters = Array.from(label);
  return letters.length <= most ? label : `${letters.slice(0, Math.max(1, most - 1)).join('')}…`;
}

/** A number without digits that nobody sees. */
function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Text that cannot end what it stands in; characters that XML does not know are left out. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
