import { field, idIn, isFields, textIn, type Fields } from './fields';
import { forkAtEnds, withEnds, withoutEmptyRoot } from './forks';
import { countLosses, lossesOf, type Loom, type LoomFormat, type LoomNode } from './loom';
import { flatten, nest, type NestedNode } from './nested';
import { orderLoom } from './order';
import { logprobIn, runOf, type ForeignToken } from './tokenRun';

/** What a program keeps beside the tree and that is of no use here. */
const BESIDE = ['chapters', 'memories', 'summaries', 'generation_settings', 'preferences'];
const SOURCES = { prompt: 'human', AI: 'model', mixed: 'unknown' } as const;

/** Loom's own file: nested nodes, and the models' answers beside them. */
export const pyloom: LoomFormat = {
  id: 'pyloom',
  extension: 'json',
  read: ({ json }) => {
    if (!isFields(json) || !isFields(field(json, 'root'))) {
      return undefined;
    }
    const found = flatten(field(json, 'root'));
    const responses = field(json, 'model_responses');
    let tokens = 0;
    const nodes = found.map((each, i) => {
      const { node, lost } = readNode(each, idsOf(found), i, isFields(responses) ? responses : {});
      tokens += lost ? 1 : 0;
      return node;
    });
    const selected = field(json, 'selected_node_id');
    const settings = BESIDE.some((name) => !isEmpty(field(json, name))) ? 1 : 0;
    return {
      loom: orderLoom(
        withEnds(withoutEmptyRoot(nodes)),
        typeof selected === 'string' ? selected : undefined,
      ),
      losses: lossesOf({ tokens, settings }),
    };
  },
  write: (loom) => {
    const { loom: whole, divided } = forkAtEnds(loom);
    const file = {
      root: nest(whole, nodeOf, () => nodeOf(emptyNode(freeId(whole)))),
      chapters: {},
      tags: {},
      memories: {},
      summaries: {},
      model_responses: Object.fromEntries(
        whole.nodes
          .filter(({ source }) => source.kind === 'model')
          .map((node) => [node.id, responseOf(node)]),
      ) as unknown,
      generation_settings: {},
      selected_node_id: whole.current ?? whole.nodes[0]?.id ?? null,
    };
    const tokens = loom.nodes.filter(({ run }) => run).length - withRuns(whole);
    const lost = countLosses(loom, ['requests', 'names', 'notes', 'times']);
    return { text: JSON.stringify(file), losses: lossesOf({ forks: divided, tokens, ...lost }) };
  },
};

/** The same tree with nothing but texts. */
export const pyloomSimple: LoomFormat = {
  id: 'pyloom-simple',
  extension: 'json',
  read: ({ json }) => {
    if (!isFields(json) || typeof field(json, 'text') !== 'string' || !('children' in json)) {
      return undefined;
    }
    const found = flatten(json);
    const nodes = found.map(({ fields, parent }, i): LoomNode => ({
      id: String(i + 1),
      parent: parent === null ? null : String(parent + 1),
      at: 0,
      text: textIn(field(fields, 'text'), 'the text of a node'),
      source: { kind: 'unknown' },
    }));
    return { loom: orderLoom(withEnds(withoutEmptyRoot(nodes))), losses: [] };
  },
  write: (loom) => {
    const { loom: whole, divided } = forkAtEnds(loom);
    const root = nest(
      whole,
      ({ text }) => ({ text }),
      () => ({ text: '' }),
    );
    const lost = countLosses(loom, [
      'tokens',
      'sources',
      'requests',
      'bookmarks',
      'names',
      'notes',
      'times',
    ]);
    return { text: JSON.stringify(root), losses: lossesOf({ forks: divided, ...lost }) };
  },
};

function idsOf(found: readonly NestedNode[]): (i: number) => string {
  return (i) => idIn(field(found[i]?.fields ?? {}, 'id'), 'a node’s id');
}

function readNode(
  { fields, parent }: NestedNode,
  idOf: (i: number) => string,
  i: number,
  responses: Fields,
): { node: LoomNode; lost: boolean } {
  const text = textIn(field(fields, 'text'), 'the text of a node');
  const { completion, model } = answerOf(fields, responses);
  const meta = field(fields, 'meta');
  const source = isFields(meta) ? field(meta, 'source') : undefined;
  const kind = isKnownSource(source) ? SOURCES[source] : 'unknown';
  const tags = field(fields, 'tags');
  const tokens = tokensOf(completion);
  const run = tokens && runOf(tokens, text);
  return {
    node: {
      id: idOf(i),
      parent: parent === null ? null : idOf(parent),
      at: 0,
      text,
      source: kind === 'model' ? { kind, model: model ?? 'unknown' } : { kind },
      ...(Array.isArray(tags) && tags.includes('bookmark') ? { bookmarked: true } : {}),
      ...(run ? { run } : {}),
    },
    lost: tokens !== undefined && tokens.length > 0 && run === undefined,
  };
}

function isKnownSource(source: unknown): source is keyof typeof SOURCES {
  return typeof source === 'string' && Object.hasOwn(SOURCES, source);
}

/** What a model answered, of which a node is one completion. */
function answerOf(fields: Fields, responses: Fields): { completion?: Fields; model?: string } {
  const generation = field(fields, 'generation');
  if (!isFields(generation)) {
    return {};
  }
  const [id, index] = [field(generation, 'id'), field(generation, 'index')];
  const response = typeof id === 'string' ? field(responses, id) : undefined;
  if (!isFields(response) || typeof index !== 'number') {
    return {};
  }
  const completions = field(response, 'completions');
  const completion: unknown = Array.isArray(completions) ? completions[index] : undefined;
  const model = field(response, 'model');
  return {
    ...(isFields(completion) ? { completion } : {}),
    ...(typeof model === 'string' ? { model } : {}),
  };
}

function tokensOf(completion: Fields | undefined): ForeignToken[] | undefined {
  const tokens = completion && field(completion, 'tokens');
  if (!Array.isArray(tokens)) {
    return undefined;
  }
  return tokens.map((each: unknown): ForeignToken => {
    const token = isFields(each) ? each : {};
    const generated = field(token, 'generatedToken');
    const own = isFields(generated) ? generated : {};
    const others = field(token, 'counterfactuals');
    const text = field(own, 'token');
    const alternatives = Object.entries(isFields(others) ? others : {}).flatMap(([word, value]) => {
      const logprob = logprobIn(value);
      return logprob === null ? [] : [{ text: word, logprob }];
    });
    return {
      text: typeof text === 'string' ? text : '',
      logprob: logprobIn(field(own, 'logprob')),
      alternatives,
    };
  });
}

function nodeOf({ id, parent, text, source, bookmarked }: LoomNode) {
  const kinds = { human: 'prompt', model: 'AI', unknown: 'mixed' } as const;
  return {
    id,
    parent_id: parent,
    text,
    open: true,
    visited: false,
    mutable: true,
    tags: bookmarked === true ? ['bookmark'] : [],
    meta: { source: kinds[source.kind] },
    ...(source.kind === 'model' ? { generation: { id, index: 0 } } : {}),
  };
}

function responseOf({ id, text, source, run }: LoomNode) {
  const tokens = run?.tokens.map(({ start, end, logprob, alternatives }) => ({
    generatedToken: { token: text.slice(start, end), logprob },
    position: { start, end },
    counterfactuals: Object.fromEntries(alternatives.map((each) => [each.text, each.logprob])),
  }));
  return {
    id,
    model: source.kind === 'model' ? source.model : null,
    prompt: { text: '', tokens: null },
    completions: [{ text, finishReason: null, tokens: tokens ?? [] }],
  };
}

function freeId({ nodes }: Loom): string {
  const used = new Set(nodes.map(({ id }) => id));
  let id = 'root';
  while (used.has(id)) {
    id += '-';
  }
  return id;
}

function emptyNode(id: string): LoomNode {
  return { id, parent: null, at: 0, text: '', source: { kind: 'unknown' } };
}

function withRuns({ nodes }: Loom): number {
  return nodes.filter(({ source, run }) => source.kind === 'model' && run !== undefined).length;
}

function isEmpty(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}
