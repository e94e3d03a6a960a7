import { field, fieldsIn, isFields, listIn, textIn, type Fields } from './fields';
import { countLosses, damaged, lossesOf, type LoomFormat, type LoomNode } from './loom';
import { withEnds } from './forks';
import { orderLoom } from './order';
import { currentPath } from './path';
import { runOf, type ForeignToken } from './tokenRun';

/** Fields of a session that are the text and its name; the others are settings, keys among them. */
const OURS = new Set(['name', 'prompt']);

/** A session of mikupad: one way through, its tokens with their probabilities. */
export const mikupad: LoomFormat = {
  id: 'mikupad',
  extension: 'json',
  read: ({ json }) => {
    const prompt = isFields(json) ? field(json, 'prompt') : undefined;
    if (!isFields(json) || typeof prompt !== 'string') {
      return undefined;
    }
    const chunks = listIn(parse(prompt), 'the text of the session').map(readChunk);
    const stretches: Chunk[][] = [];
    for (const chunk of chunks) {
      const last = stretches.at(-1);
      if (last?.[0]?.isTyped === chunk.isTyped) {
        last.push(chunk);
      } else {
        stretches.push([chunk]);
      }
    }
    let tokens = 0;
    const nodes = stretches.map((stretch, i) => {
      const { node, lost } = nodeOf(stretch, i);
      tokens += lost ? 1 : 0;
      return node;
    });
    const settings = Object.keys(json).filter((name) => !OURS.has(name)).length;
    return {
      loom: orderLoom(withEnds(nodes), String(nodes.length)),
      losses: lossesOf({ tokens, settings }),
    };
  },
  write: (loom) => {
    const { steps, beside } = currentPath(loom);
    const prompt = steps.flatMap(({ node, text }) =>
      node.source.kind === 'model' ? modelChunks(node, text) : [{ type: 'user', content: text }],
    );
    const on = { nodes: steps.map(({ node }) => node) };
    const models = on.nodes.filter(({ source }) => source.kind === 'model').length;
    const lost = countLosses(on, ['requests', 'bookmarks', 'names', 'notes', 'times']);
    return {
      // Its values are themselves JSON.
      text: JSON.stringify({ name: JSON.stringify('Variorum'), prompt: JSON.stringify(prompt) }),
      losses: lossesOf({ branches: beside, models, ...lost }),
    };
  },
};

interface Chunk {
  isTyped: boolean;
  token: ForeignToken;
  hasNumbers: boolean;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw damaged('the text of the session is not JSON');
  }
}

function readChunk(value: unknown): Chunk {
  const chunk = fieldsIn(value, 'a piece of the session');
  const text = textIn(field(chunk, 'content'), 'the text of a piece');
  const probs = listed(chunk);
  const token = {
    text,
    logprob: logarithm(field(chunk, 'prob')),
    alternatives: probs.flatMap((each) => {
      const [word, logprob] = [field(each, 'tok_str'), logarithm(field(each, 'prob'))];
      return typeof word === 'string' && logprob !== null ? [{ text: word, logprob }] : [];
    }),
  };
  const hasNumbers = token.logprob !== null || token.alternatives.length > 0;
  return { isTyped: field(chunk, 'type') === 'user', token, hasNumbers };
}

function listed(chunk: Fields): Fields[] {
  const all = field(chunk, 'completion_probabilities');
  const first: unknown = Array.isArray(all) ? all[0] : undefined;
  const probs = isFields(first) ? field(first, 'probs') : undefined;
  return Array.isArray(probs) ? probs.filter(isFields) : [];
}

/** Of a probability; -1 stands for one that was not listed. */
function logarithm(prob: unknown): number | null {
  return typeof prob === 'number' && prob > 0 && prob <= 1 ? Math.log(prob) : null;
}

function nodeOf(stretch: readonly Chunk[], i: number): { node: LoomNode; lost: boolean } {
  const text = stretch.map(({ token }) => token.text).join('');
  const isTyped = stretch[0]?.isTyped === true;
  const hasNumbers = !isTyped && stretch.some((chunk) => chunk.hasNumbers);
  const run = hasNumbers
    ? runOf(
        stretch.map(({ token }) => token),
        text,
      )
    : undefined;
  const node: LoomNode = {
    id: String(i + 1),
    parent: i === 0 ? null : String(i),
    at: 0,
    text,
    source: isTyped ? { kind: 'human' } : { kind: 'model', model: 'unknown' },
    ...(run ? { run } : {}),
  };
  return { node, lost: hasNumbers && run === undefined };
}

function modelChunks({ run }: LoomNode, text: string): object[] {
  if (run === undefined) {
    return [{ content: text }];
  }
  return run.tokens
    .filter(({ start }) => start < text.length || text === '')
    .map(({ start, end, logprob, alternatives }) => {
      const content = text.slice(start, end);
      const probs = alternatives.map((each) => ({
        tok_str: each.text,
        prob: Math.exp(each.logprob),
      }));
      return {
        content,
        prob: logprob === null ? -1 : Math.exp(logprob),
        completion_probabilities: [{ content, probs }],
      };
    });
}
