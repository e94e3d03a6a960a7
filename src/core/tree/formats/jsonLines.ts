import { originIn, originLine } from './origin';
import { field, fieldsIn, idIn, isFields, parentIn, textIn, type Fields } from './fields';
import { withEnds } from './forks';
import {
  countLosses,
  damaged,
  lossesOf,
  type LoomFormat,
  type LoomNode,
  type LoomSource,
} from './loom';
import { brief, orderLoom } from './order';

/**
 * One node a line, `{id, text, parent_id}`, with what else there is in fields that others pass over:
 * `at`, `source`, `model`, `created`, `bookmarked`, `name`, `note`, and of a model's node how it was made.
 */
export const jsonLines: LoomFormat = {
  id: 'jsonl',
  extension: 'jsonl',
  read: ({ text }) => {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const [first] = lines;
    const head = first === undefined ? undefined : parse(first);
    if (!isFields(head) || field(head, 'text') === undefined || field(head, 'id') === undefined) {
      return undefined;
    }
    const values = lines.map((line, i) => fieldsIn(parse(line), `line ${i + 1}`));
    const nodes = values.map(readNode);
    // A fork is at the end of the parent's text where nothing else is said.
    const ends = withEnds(nodes);
    const placed = nodes.map((node, i) => (node.at === -1 ? (ends[i] ?? node) : node));
    return { loom: orderLoom(placed), losses: [] };
  },
  write: (loom) => {
    const lengths = new Map(loom.nodes.map(({ id, text }) => [id, text.length]));
    const lines = loom.nodes.map((node) => JSON.stringify(lineOf(node, lengths)));
    return { text: `${lines.join('\n')}\n`, losses: lossesOf(countLosses(loom, ['tokens'])) };
  },
};

function lineOf(node: LoomNode, lengths: ReadonlyMap<string, number>): object {
  const { id, parent, text, at, source, created, bookmarked, name, note, made } = node;
  const isAtEnd = at === (lengths.get(parent ?? '') ?? 0);
  return {
    id,
    parent_id: parent,
    text,
    ...(isAtEnd ? {} : { at }),
    source: source.kind,
    ...(source.kind === 'model' ? { model: source.model } : {}),
    ...(created === undefined ? {} : { created }),
    ...(bookmarked === true ? { bookmarked } : {}),
    ...(name === undefined ? {} : { name }),
    ...(note === undefined ? {} : { note }),
    ...(made === undefined ? {} : originLine(made)),
  };
}

function readNode(line: Fields): LoomNode {
  const id = idIn(field(line, 'id'), 'an id');
  const [at, created] = [field(line, 'at'), field(line, 'created')];
  const [name, note] = [field(line, 'name'), field(line, 'note')];
  const source = readSource(line);
  const made = source.kind === 'model' ? originIn(line) : {};
  if (at !== undefined && typeof at !== 'number') {
    throw damaged(`the fork of ${brief(id)} is not a number`);
  }
  return {
    id,
    parent: parentIn(field(line, 'parent_id'), `the parent of ${brief(id)}`),
    at: at ?? -1,
    text: textIn(field(line, 'text'), `the text of ${brief(id)}`),
    source,
    ...(isTime(created) ? { created } : {}),
    ...(field(line, 'bookmarked') === true ? { bookmarked: true } : {}),
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof note === 'string' ? { note } : {}),
    ...(Object.keys(made).length > 0 ? { made } : {}),
  };
}

function readSource(line: Fields): LoomSource {
  const [kind, model] = [field(line, 'source'), field(line, 'model')];
  if (typeof model === 'string') {
    return { kind: 'model', model };
  }
  return { kind: kind === 'human' ? kind : 'unknown' };
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
