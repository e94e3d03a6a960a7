import { Draft } from './marked';

const nodes = {
  a: 'the grey sea rose and the gulls fell silent',
  b: 'a bell rang under the water, once',
  v: 'First line of the verse\nSecond line, longer still\nThird and last of them',
};

describe('attachment: undo and redo', () => {
  it('undoes several keystrokes in one', () => {
    const draft = Draft.of('«a:the grey sea»', nodes);
    draft.replace(['y sea', ' sea']).replace(['e sea', ' sea']).replace(['r sea', ' sea']);
    draft.shows('«a:the g»«a: sea»').undo(['g| sea', 'rey']).shows('«a:the grey sea»');
  });

  it('undoes typing over model text', () => {
    const draft = Draft.of('«a:the grey sea»', nodes);
    draft.replace(['grey', 'b']).replace(['b|', 'l']).replace(['bl|', 'ue']);
    draft.shows('«a:the »blue«a: sea»').undo(['blue', 'grey']).shows('«a:the grey sea»');
    draft.redo(['grey', 'blue']).shows('«a:the »blue«a: sea»');
  });

  it('undoes a part and then the rest', () => {
    const draft = Draft.of('«a:the grey sea»', nodes);
    draft.replace(['sea', '']).replace(['grey ', '']).undo(['the |', 'grey ']);
    draft.shows('«a:the grey »').undo(['grey |', 'sea']).shows('«a:the grey sea»');
  });

  it('takes an insertion away and gives it back', () => {
    const draft = Draft.of('one two', nodes);
    draft.replace(['one| two', ' the grey sea']).place('a', 'the grey sea');
    draft.shows('one «a:the grey sea» two').undo([' the grey sea', '']).shows('one two');
    draft.redo(['one| two', ' the grey sea']).shows('one «a:the grey sea» two');
  });

  it('undoes a replacement whose letters could line up otherwise', () => {
    const draft = Draft.of('«b:bell rang»', nodes);
    draft.replace(['ell', 'l']).shows('«b:b»«b:l rang»');
    draft.undo(['bl', 'bell']).shows('«b:bell rang»');
  });

  it('undoes changes in several places, and text nothing was attached to among it', () => {
    const draft = Draft.of('«a:the» own «b:bell» 2', nodes);
    draft.replace(['the own bel', 'x'], ['2', '3']).replace(['xl 3', '']);
    draft.undo(['|', 'the own bell 2']).shows('«a:the» own «b:bell» 2');
  });

  it('takes no typing for an undo', () => {
    const draft = Draft.of('«a:the grey sea»', nodes);
    draft.replace(['sea', '']).replace(['grey |', 'sea']).shows('«a:the grey »sea');
  });

  it('takes an undo it cannot explain for an edit, and its redo for the way back', () => {
    const draft = Draft.of('typed before. «a:the grey sea»', nodes);
    draft.undo(['typed before. the', 'e']).shows('«a:e grey sea»');
    draft.redo(['e grey', 'typed before. the grey']);
    draft.shows('typed before. «a:the grey sea»');
  });

  it('forgets what redo held once something else is typed', () => {
    const draft = Draft.of('one «a:sea» two', nodes);
    draft.replace(['one ', '']).undo(['|sea', 'one ']).replace(['sea', '']);
    draft.redo(['one ', '']).shows(' two');
  });
});

describe('attachment: cut, paste and move', () => {
  const cut = 'rose «b:a bell» and';

  it('gives a cut stretch its origins back, whatever lies between', () => {
    const draft = Draft.of('«a:the grey sea rose» «b:a bell» and then. End', nodes);
    draft.replace([cut.replace(/«b:|»/g, ''), '']).replace(['End', 'Ended']);
    draft.replace(['Ended|', ' rose a bell and']);
    draft.shows('«a:the grey sea » then. Ended «a:rose» «b:a bell» and');
  });

  it('does so for every paste', () => {
    const draft = Draft.of('«a:the grey sea» 1 2', nodes).replace(['the grey sea', '']);
    draft.replace(['1|', 'the grey sea']).replace(['2|', 'the grey sea']);
    draft.shows(' 1«a:the grey sea» 2«a:the grey sea»');
  });

  it('takes a short run for a coincidence', () => {
    const draft = Draft.of('«a:the gulls» 1', nodes).replace(['the gulls', '']);
    draft.replace(['1|', 'the gulls']).shows(' 1the gulls');
  });

  it('takes a copy, and text that is nearly the same, for new', () => {
    const draft = Draft.of('«a:the grey sea rose» 1', nodes);
    draft.replace(['1', 'the grey sea rose']).shows('«a:the grey sea rose» the grey sea rose');
    const other = Draft.of('«a:the grey sea rose» 1', nodes).replace(['the grey sea rose', '']);
    other.replace(['1', 'the gray sea rose']).shows(' the gray sea rose');
  });

  it('sees through the line break that cutting the last line moves', () => {
    const draft = Draft.of('one\n«a:the grey sea»', nodes).replace(['\nthe grey sea', '']);
    draft.replace(['|one', 'the grey sea\n']).shows('«a:the grey sea»\none');
  });

  it('prefers a paste over what the new text shares with the text it replaces', () => {
    const draft = Draft.of('«a:the grey sea» «b:the water, once»', nodes);
    draft.replace(['the grey sea', '']).replace(['the water, once', 'the grey sea']);
    draft.shows(' «a:the grey sea»');
  });

  it('follows a drag inside one event, however short', () => {
    const draft = Draft.of('«a:the grey sea» 1', nodes);
    draft.replace(['grey', ''], ['1|', 'grey']);
    assertShown(shownTexts(draft), 'grey');
    draft.replace(['grey', '']).shows('«a:the »«a: sea» 1');
  });

  it('follows lines that are sorted', () => {
    const lines = nodes.v.split('\n');
    const draft = Draft.of(`«v:${nodes.v}»\n`, nodes);
    draft.replace([nodes.v, [lines[1], lines[0], lines[2]].join('\n')]);
    const shown = shownTexts(draft);
    for (const line of lines) {
      assertShown(shown, line);
    }
  });
});

function shownTexts({ state }: Draft): string[] {
  return state.attachments.map(({ start, end }) => state.text.slice(start, end));
}

function assertShown(shown: readonly string[], line: string): void {
  if (!shown.some((text) => text.includes(line))) {
    throw new Error(`“${line}” is not attached in ${JSON.stringify(shown)}`);
  }
}
