import MarkdownIt from 'markdown-it';

/** Indented paragraphs are prose here, and typography is the writer's. */
const parser = () =>
  new MarkdownIt({ html: false, linkify: false }).enable('table').disable('code');

const FRONT_MATTER = /^---[^\S\n]*\n[\s\S]*?\n---[^\S\n]*(?:\n|$)/u;
const FOOTNOTE = /\[\^[^\]\s]+\]/gu;

/** What of a text's Markdown must survive, each as it can be shown: how often it stands there. */
type Kept = Map<string, number>;

/**
 * What of the source's Markdown a rewrite has lost, as it stood there or named: front matter, headings (by their
 * level), links and pictures (by where they lead), tables, fenced and inline code, footnote marks. Undefined when
 * nothing is lost.
 */
export function lostStructure(source: string, rewrite: string): string | undefined {
  const after = structureOf(rewrite);
  for (const [what, count] of structureOf(source)) {
    if ((after.get(what) ?? 0) < count) {
      return what;
    }
  }
  return undefined;
}

function structureOf(text: string): Kept {
  const kept: Kept = new Map();
  const add = (what: string) => kept.set(what, (kept.get(what) ?? 0) + 1);
  const [matter] = FRONT_MATTER.exec(text) ?? [];
  if (matter !== undefined) {
    add(matter.trim());
  }
  const body = matter === undefined ? text : text.slice(matter.length);
  for (const token of parser().parse(body, {})) {
    if (token.type === 'heading_open' && token.markup.startsWith('#')) {
      add(`${token.markup} …`);
    } else if (token.type === 'table_open') {
      add('| … |');
    } else if (token.type === 'fence') {
      add(`\`\`\`${token.info}\n${token.content}\`\`\``);
    }
    for (const child of token.children ?? []) {
      const what = inlineOf(child);
      if (what !== undefined) {
        add(what);
      }
    }
  }
  body.match(FOOTNOTE)?.forEach(add);
  return kept;
}

interface Inline {
  type: string;
  content: string;
  attrGet(name: string): string | number | null;
}

function inlineOf(token: Inline): string | undefined {
  switch (token.type) {
    case 'link_open':
      return `[…](${token.attrGet('href') ?? ''})`;
    case 'image':
      return `![…](${token.attrGet('src') ?? ''})`;
    case 'code_inline':
      return `\`${token.content}\``;
    default:
      return undefined;
  }
}
