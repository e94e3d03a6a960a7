import type { FlagCode } from '../../core/collapse/flag';
import type { FlagView } from '../../protocol';
import { flagExplanation, flagTitle, severityWords, strings } from '../strings';
import { forkStrings } from '../forkStrings';
import type { Command } from '../model/keys';
import type { Buttons } from './button';
import { element, setAttribute } from './element';
import { icon } from './icon';
import type { Tips } from './tips';

/** Chips in sight before the rest is one more chip. */
const IN_SIGHT = 3;

/** Findings of one kind that the popup words one by one. */
const WORDED = 5;

/** What the model's habits left in a branch: one chip a kind of finding. */
export class Chips {
  readonly element = element('div', 'chips');
  #flags: readonly FlagView[] = [];
  #isOpen = false;

  /**
   * @param escape what the chip of a stuck run does
   * @param highlight shows the stretches that findings are about, and no others
   */
  constructor(
    private readonly tools: { tips: Tips; buttons: Buttons },
    private readonly escape: () => Command | null,
    private readonly highlight: (flags: readonly FlagView[]) => void,
  ) {
    this.element.hidden = true;
  }

  show(flags: readonly FlagView[]): void {
    if (flags === this.#flags) {
      return;
    }
    this.#flags = flags;
    this.#isOpen = false;
    this.#draw();
  }

  #draw(): void {
    const kinds = kindsOf(this.#flags);
    const inSight = this.#isOpen || kinds.length <= IN_SIGHT ? kinds : kinds.slice(0, IN_SIGHT);
    const chips = inSight.map((kind) => this.#chip(kind));
    if (kinds.length > IN_SIGHT) {
      chips.push(this.#rest(kinds.length - IN_SIGHT));
    }
    this.element.replaceChildren(...chips);
    this.element.hidden = kinds.length === 0;
  }

  #chip({ code, severity, flags }: Kind): HTMLElement {
    const title = flagTitle(code);
    const count = flags.length > 1 ? ` ${strings.copies(flags.length)}` : '';
    const chip = element('button', `chip has-tip ${severity}`);
    chip.type = 'button';
    chip.append(icon(severity === 'note' ? 'info' : severity), element('span', '', title + count));
    const messages = flags.slice(0, WORDED).map(({ message }) => message);
    const words = strings.finding(
      severityWords(severity),
      title + count,
      [...messages, code === 'stuck-run' ? forkStrings.escapeChip() : ''].join(' ').trim(),
    );
    setAttribute(chip, 'aria-label', words);
    const isStuck = code === 'stuck-run';
    if (isStuck) {
      this.tools.buttons.add({ element: chip, isOn: true, command: this.escape });
    }
    this.tools.tips.add(chip, {
      about: flags,
      isBelow: true,
      content: () => [
        element('strong', 'popup-title', title),
        ...messages.map((message) => element('p', 'popup-message', message)),
        element('p', 'popup-cue', flagExplanation(code)),
        ...(isStuck ? [element('p', 'popup-message', forkStrings.escapeChip())] : []),
      ],
      shown: (isShown) => this.highlight(isShown ? flags : []),
    });
    return chip;
  }

  /** Opens the list, or folds it again; the focus stays on the chip that takes its place. */
  #rest(count: number): HTMLElement {
    const label = this.#isOpen ? strings.fewerFindings() : strings.moreFindings(count);
    const chip = element('button', 'chip', label);
    chip.type = 'button';
    setAttribute(chip, 'aria-expanded', String(this.#isOpen));
    setAttribute(chip, 'aria-label', this.#isOpen ? label : strings.moreFindingsHint(count));
    chip.addEventListener('click', () => {
      const isOpen = !this.#isOpen;
      this.#isOpen = isOpen;
      this.#draw();
      const next = this.element.children[isOpen ? IN_SIGHT : this.element.childElementCount - 1];
      (next as HTMLElement | undefined)?.focus();
    });
    return chip;
  }
}

interface Kind {
  code: FlagCode;
  /** The worst of them. */
  severity: FlagView['severity'];
  flags: readonly FlagView[];
}

/** The worst kinds first. */
function kindsOf(flags: readonly FlagView[]): Kind[] {
  const codes = [...new Set(flags.map(({ code }) => code))];
  const kinds = codes.map((code): Kind => {
    const same = flags.filter((flag) => flag.code === code);
    const sorted = [...same].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
    return { code, severity: sorted[0]?.severity ?? 'note', flags: same };
  });
  return kinds.sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

const RANK: Readonly<Record<FlagView['severity'], number>> = { error: 0, warning: 1, note: 2 };
