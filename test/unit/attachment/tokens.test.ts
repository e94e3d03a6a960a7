import assert from 'node:assert/strict';
import { shownTokens } from '../../../src/core/attachment/tokens';
import type { Token } from '../../../src/core/model/token';
import { Draft } from './marked';

const nodes = { a: 'the grey sea rose', b: 'a bell' };
const tokens: Record<string, Token[]> = {
  a: tokensOf(['the', ' grey', '', ' sea', ' rose']),
};

function tokensOf(texts: readonly string[]): Token[] {
  let start = 0;
  return texts.map((text) => {
    const token = { start, end: start + text.length, logprob: -1, alternatives: [], tail: null };
    start = token.end;
    return token;
  });
}

function assertShown(draft: Draft, expected: string[], start = 0, end = Infinity): void {
  const { text, attachments } = draft.state;
  const shown = [...shownTokens(attachments, (node) => tokens[node], { start, end })];
  assert.deepEqual(
    shown.map((token) => text.slice(token.start, token.end)),
    expected,
  );
  for (const { node, token, index } of shown) {
    assert.equal(tokens[node]?.[index], token);
  }
}

describe('attachment: tokens shown', () => {
  it('gives those that are whole, where they are now, without those of nodes that have none', () => {
    const draft = Draft.of('x «a:the grey sea rose» «b:a bell»', nodes);
    assertShown(draft, ['the', ' grey', ' sea', ' rose']);
    draft.replace(['grey', 'great']);
    assertShown(draft, ['the', ' sea', ' rose']);
    draft.replace(['great', 'grey']).replace(['sea', 'sea,']);
    assertShown(draft, ['the', ' sea', ' rose']);
  });

  it('gives those that reach into the range', () => {
    const draft = Draft.of('x «a:the grey sea rose» y', nodes);
    assertShown(draft, [' grey', ' sea'], 7, 11);
    assertShown(draft, [' grey'], 5, 10);
    assertShown(draft, [], 0, 2);
    assertShown(draft, [], 19, 30);
  });

  it('leaves out a token before the stretch and one that goes on behind it', () => {
    assertShown(Draft.of('«a:he grey se»', nodes), [' grey']);
  });
});
