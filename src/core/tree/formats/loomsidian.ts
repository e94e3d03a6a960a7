import { forkAtEnds, withEnds } from './forks';
import { field, fieldsIn, idIn, isFields, parentIn, textIn, type Fields } from './fields';
import { countLosses, lossesOf, type LoomFormat, type LoomNode, type ReadLoom } from './loom';
import { brief, orderLoom } from './order';

/** The loom of Obsidian: an export of one note, or a vault's data file with one for each note. */
export const loomsidian: LoomFormat = {
  id: 'loomsidian',
  extension: 'json',
  read: ({ json }) => {
    if (!isFields(json)) {
      return undefined;
    }
    const state = field(json, 'state');
    if (isFields(state) && field(json, 'nodes') === undefined) {
      return readVault(json, state);
    }
    const nodes = field(json, 'nodes');
    const isOurs = isFields(nodes) || Array.isArray(nodes);
    if (!isOurs || field(json, 'loomTree') !== undefined) {
      return undefined;
    }
    const current = field(json, 'current');
    return {
      loom: orderLoom(
        withEnds(readNodes(nodes, '')),
        typeof current === 'string' ? current : undefined,
      ),
      losses: [],
    };
  },
  write: (loom) => {
    const { loom: whole, divided } = forkAtEnds(loom);
    const nodes = whole.nodes.map(({ id, parent, text, bookmarked = false }) => [
      id,
      {
        text: text.replace(/[<[]/g, '\\$&'),
        parentId: parent,
        collapsed: false,
        unread: false,
        bookmarked,
        searchResultState: null,
      },
    ]);
    const file = {
      current: whole.current ?? whole.nodes[0]?.id ?? '',
      hoisted: [],
      searchTerm: '',
      nodes: Object.fromEntries(nodes) as unknown,
      generating: null,
    };
    const lost = countLosses(loom, ['tokens', 'sources', 'requests', 'names', 'notes', 'times']);
    return { text: JSON.stringify(file), losses: lossesOf({ forks: divided, ...lost }) };
  },
};

/** Only the trees: the settings beside them hold keys. */
function readVault(json: Fields, state: Fields): ReadLoom {
  const documents = Object.entries(state);
  const nodes = documents.flatMap(([path, document], i) =>
    readNodes(field(fieldsIn(document, brief(path)), 'nodes'), `${i}/`),
  );
  const settings = field(json, 'settings') === undefined ? 0 : 1;
  const several = documents.length > 1 ? documents.length : 0;
  return {
    loom: orderLoom(withEnds(nodes)),
    losses: lossesOf({ settings, documents: several }),
  };
}

function readNodes(nodes: unknown, prefix: string): LoomNode[] {
  const entries: [unknown, unknown][] = Array.isArray(nodes)
    ? nodes.map((node: unknown) => [isFields(node) ? field(node, 'id') : undefined, node])
    : Object.entries(fieldsIn(nodes, 'nodes'));
  return entries.map(([key, value]): LoomNode => {
    const id = idIn(key, 'a node’s id');
    const node = fieldsIn(value, `the node ${brief(id)}`);
    const parent = parentIn(field(node, 'parentId'), `the parent of ${brief(id)}`);
    const text = textIn(field(node, 'text') ?? field(node, 'value'), `the text of ${brief(id)}`);
    return {
      id: prefix + id,
      parent: parent === null ? null : prefix + parent,
      at: 0,
      text: text.replace(/\\([<[])/g, '$1'),
      source: { kind: 'unknown' },
      ...(field(node, 'bookmarked') === true ? { bookmarked: true } : {}),
    };
  });
}
