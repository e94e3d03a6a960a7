import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type {
  Loom,
  LoomNode,
  LoomOrigin,
  LoomSource,
  ReadLoom,
} from '../../../../src/core/tree/formats/loom';
import { orderLoom } from '../../../../src/core/tree/formats/order';
import { readLoom } from '../../../../src/core/tree/formats/registry';

/** A file of `test/fixtures/looms`. */
export function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`../../../fixtures/looms/${name}`, import.meta.url));
}

export function read(text: string | object): ReadLoom {
  const content = typeof text === 'string' ? text : JSON.stringify(text);
  return readLoom(new TextEncoder().encode(content));
}

/** What can be told of a node in few words: `id<parent@at source: text`. */
export function lines({ nodes }: Loom): string[] {
  return nodes.map(({ id, parent, at, text, source, bookmarked, name }) => {
    const by = source.kind === 'model' ? source.model : source.kind;
    const marks = `${bookmarked === true ? '*' : ''}${name === undefined ? '' : `(${name})`}`;
    return `${id}<${parent ?? ''}@${at} ${by}${marks}: ${text}`;
  });
}

export interface Shape {
  /** Whether a node may fork before the end of its parent's text. */
  inside?: boolean;
  sources?: readonly LoomSource[];
  /** Whether there are names, bookmarks and times. */
  marked?: boolean;
  roots?: 'one' | 'any';
  /** Whether each node has at most one child. */
  line?: boolean;
}

const words = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 });
const awkward = fc.constantFrom('\\<a[b\\[', '__proto__', '1', ' ', '\n\n', '😀', '\ud83d', '\0');
const textOf = fc.oneof(words, awkward).map((text) => text.replace(/\r/g, ''));
const nonEmpty = textOf.filter((text) => text !== '');

/** How a model's node may have come to be. */
const origin = fc.constantFrom<LoomOrigin>(
  { strategy: 'raw', prompt: 'abc', status: 'done' },
  {
    ...{ strategy: 'apart', prompt: '', status: 'failed', seconds: 1.5 },
    error: { code: 'stream', message: 'It broke.', action: 'Try again.', retryable: true },
    usage: { promptTokens: 3, completionTokens: 5, cost: 0.002 },
    asked: { n: 5, maxTokens: 9, temperature: 0, topP: 1, minP: 0, before: 7, instruction: 'x' },
  },
);

/** Random trees. */
export function looms({ inside, sources, marked, roots = 'any', line }: Shape): fc.Arbitrary<Loom> {
  const node = fc.record({
    text: nonEmpty,
    under: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    source: fc.constantFrom(...(sources ?? [{ kind: 'unknown' as const }])),
    bookmarked: fc.boolean(),
    name: fc.option(nonEmpty),
    created: fc.option(fc.integer({ min: 1, max: 2_000_000_000_000 })),
    note: fc.option(nonEmpty),
    made: fc.option(origin),
  });
  return fc.array(node, { minLength: 1, maxLength: 12 }).map((drafts) => {
    const nodes: LoomNode[] = [];
    for (const [i, draft] of drafts.entries()) {
      const above = line === true ? i - 1 : Math.floor(draft.under * (i + 1)) - 1;
      const parent = i === 0 ? undefined : nodes[roots === 'one' ? Math.max(0, above) : above];
      const length = parent?.text.length ?? 0;
      nodes.push({
        id: `n${i}`,
        parent: parent?.id ?? null,
        at: inside === true ? Math.floor(draft.at * length) : length,
        text: draft.text,
        source: draft.source,
        ...(marked === true ? marksOf(draft) : {}),
        ...(marked === true && draft.source.kind === 'model' && draft.made !== null
          ? { made: draft.made }
          : {}),
      });
    }
    return orderLoom(nodes);
  });
}

interface DraftMarks {
  bookmarked: boolean;
  name: string | null;
  created: number | null;
  note: string | null;
}

function marksOf({ bookmarked, name, created, note }: DraftMarks): Partial<LoomNode> {
  return {
    ...(bookmarked ? { bookmarked } : {}),
    ...(name === null ? {} : { name }),
    ...(created === null ? {} : { created }),
    ...(note === null ? {} : { note }),
  };
}

/** Every way from a root to a node, as the text that stands there. */
export function wholeTexts({ nodes }: Loom): Set<string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const whole = (node: LoomNode): string => {
    const parent = byId.get(node.parent ?? '');
    const before =
      parent === undefined ? '' : whole(parent).slice(0, -parent.text.length || undefined);
    return parent === undefined ? node.text : before + parent.text.slice(0, node.at) + node.text;
  };
  return new Set(nodes.map(whole));
}
