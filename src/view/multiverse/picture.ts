import { HUES } from '../../core/multiverse/multiverse';
import {
  LABEL_PADDING,
  panelLeft,
  pictureSize,
  placed,
  SUBTITLE,
  TITLE,
  type Palette,
  type Panel,
  type PictureSize,
  type PlacedBox,
} from '../../core/multiverse/svg';
import type { PlotWords } from '../../core/multiverse/words';
import { element } from '../dom/element';

/** Pixels of a PNG for each of the picture's. */
const SCALE = 2;
/** Pixels between the lines of hatching. */
const HATCH = 6;

/** The theme's colours as they are on the page now. */
export function paletteOf(root: HTMLElement): Palette {
  const probe = element('div', 'plot');
  probe.hidden = true;
  root.append(probe);
  const styleOf = (name: string) => {
    const box = element('div', name);
    probe.append(box);
    return getComputedStyle(box);
  };
  try {
    const hues = Array.from(
      { length: HUES },
      (_, hue) => styleOf(`box block hue-${hue + 1}`).backgroundColor,
    );
    const plain = styleOf('box block hue-1');
    return {
      background: getComputedStyle(document.body).backgroundColor,
      text: plain.color,
      line: plain.borderTopColor,
      taken: styleOf('box block hue-1 taken').outlineColor,
      muted: styleOf('box tail').color,
      hues,
    };
  } finally {
    probe.remove();
  }
}

/** The picture as a PNG file in base64, drawn on a canvas. */
export function plotPng(
  panels: readonly Panel[],
  size: PictureSize,
  palette: Palette,
  words: PlotWords,
): string {
  const { width, height } = pictureSize(panels.length, size);
  const canvas = element('canvas');
  canvas.width = Math.round(width * SCALE);
  canvas.height = Math.round(height * SCALE);
  const context = canvas.getContext('2d');
  if (!context) {
    return '';
  }
  context.scale(SCALE, SCALE);
  context.fillStyle = palette.background;
  context.fillRect(0, 0, width, height);
  panels.forEach(({ title, subtitle }, at) => {
    const x = panelLeft(at, size);
    context.fillStyle = palette.text;
    context.font = `bold ${TITLE.size}px sans-serif`;
    context.fillText(title, x, TITLE.y);
    context.font = `${SUBTITLE.size}px sans-serif`;
    context.fillText(subtitle, x, SUBTITLE.y);
  });
  for (const each of placed(panels, size, words)) {
    paint(context, each, palette);
  }
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}

function paint(
  context: CanvasRenderingContext2D,
  { box, x, y, width, label }: PlacedBox,
  palette: Palette,
): void {
  const { kind, height, hue, taken, fontSize } = box;
  if (kind === 'tail') {
    hatch(context, { x, y, width, height }, palette.muted);
  } else {
    context.globalAlpha = kind === 'rest' ? 0.4 : 1;
    context.fillStyle = palette.hues[hue] ?? palette.background;
    context.fillRect(x, y, width, height);
    context.globalAlpha = 1;
  }
  context.strokeStyle = taken ? palette.taken : palette.line;
  context.lineWidth = taken ? 2 : 0.5;
  context.strokeRect(x, y, width, height);
  if (fontSize !== null && label !== '') {
    context.fillStyle = palette.text;
    context.font = `${fontSize}px sans-serif`;
    const at = [x + LABEL_PADDING, y + height / 2 + fontSize * 0.35] as const;
    if (kind === 'tail') {
      context.strokeStyle = palette.background;
      context.lineWidth = 4;
      context.strokeText(label, ...at);
    }
    context.fillText(label, ...at);
  }
}

function hatch(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  colour: string,
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.beginPath();
  for (let at = -height; at < width; at += HATCH) {
    context.moveTo(x + at, y + height);
    context.lineTo(x + at + height, y);
  }
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.stroke();
  context.restore();
}
