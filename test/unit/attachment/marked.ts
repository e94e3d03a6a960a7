import assert from 'node:assert/strict';
import type { Change } from '../../../src/core/attachment/change';
import {
  applyChanges,
  openDocument,
  place,
  type DocumentState,
} from '../../../src/core/attachment/document';
import type { Reason } from '../../../src/core/attachment/ledger';
import type { Attachment } from '../../../src/core/tree/node';
import { assertSound, type Nodes } from './sound';

/**
 * A text in which `«a:…»` is a stretch attached to node `a`. A stretch begins in its node's text where
 * the last one of that node ended, or else where its text occurs next.
 */
export function parse(marked: string, nodes: Nodes): { text: string; attachments: Attachment[] } {
  let text = '';
  const attachments: Attachment[] = [];
  const reached: Record<string, number> = {};
  for (const part of marked.split(/(«.:[^»]*»)/u)) {
    const [, node, shown] = /^«(.):([^»]*)»$/u.exec(part) ?? [];
    if (node === undefined || shown === undefined) {
      text += part;
      continue;
    }
    const whole = nodes[node] ?? '';
    const next = whole.indexOf(shown, reached[node] ?? 0);
    const from = next >= 0 ? next : whole.indexOf(shown);
    assert.ok(from >= 0, `“${shown}” is not in node ${node}`);
    reached[node] = from + shown.length;
    attachments.push({ start: text.length, end: text.length + shown.length, node, from });
    text += shown;
  }
  return { text, attachments };
}

/** The document with its stretches marked, as `parse` takes it. */
export function render({ text, attachments }: Pick<DocumentState, 'text' | 'attachments'>): string {
  let out = '';
  let done = 0;
  for (const { start, end, node } of attachments) {
    out += `${text.slice(done, start)}«${node}:${text.slice(start, end)}»`;
    done = end;
  }
  return out + text.slice(done);
}

/** A place named by the text there, which must be unique, and what is put there: old text, new text. */
export type Replacement = readonly [old: string, text: string];

/** A document under test: every event is checked for soundness. */
export class Draft {
  private constructor(
    public state: DocumentState,
    private readonly nodes: Nodes,
  ) {}

  static of(marked: string, nodes: Nodes): Draft {
    const { text, attachments } = parse(marked, nodes);
    const draft = new Draft(openDocument(text, attachments), nodes);
    assertSound(draft.state, nodes);
    return draft;
  }

  event(changes: readonly Change[], reason: Reason = 'edit'): this {
    this.state = applyChanges(this.state, changes, reason);
    assertSound(this.state, this.nodes);
    return this;
  }

  /** One event; `old` is unique in the text, or it is `before|behind`, which names the gap between. */
  replace(...replacements: readonly Replacement[]): this {
    return this.event(replacements.map((replacement) => this.change(replacement)));
  }

  undo(...replacements: readonly Replacement[]): this {
    return this.event(
      replacements.map((replacement) => this.change(replacement)),
      'undo',
    );
  }

  redo(...replacements: readonly Replacement[]): this {
    return this.event(
      replacements.map((replacement) => this.change(replacement)),
      'redo',
    );
  }

  place(node: string, shown: string): this {
    const start = this.find(shown);
    const from = this.nodes[node]?.indexOf(shown) ?? -1;
    const stretch = { start, end: start + shown.length, node, from };
    this.state = place(this.state, stretch, this.nodes[node] ?? '');
    assertSound(this.state, this.nodes);
    return this;
  }

  shows(marked: string): this {
    assert.equal(render(this.state), marked);
    assert.deepEqual(this.state.attachments, parse(marked, this.nodes).attachments);
    return this;
  }

  private change([old, text]: Replacement): Change {
    const gap = old.indexOf('|');
    if (gap >= 0) {
      const start = this.find(old.replace('|', '')) + gap;
      return { start, end: start, text };
    }
    const start = this.find(old);
    return { start, end: start + old.length, text };
  }

  private find(part: string): number {
    const { text } = this.state;
    const start = text.indexOf(part);
    assert.ok(
      start >= 0 && text.lastIndexOf(part) === start,
      `“${part}” is not unique in “${text}”`,
    );
    return start;
  }
}
