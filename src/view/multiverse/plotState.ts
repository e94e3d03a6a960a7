import { zoomedOut } from '../../core/multiverse/layout';
import { Multiverse, ROOT_BLOCK } from '../../core/multiverse/multiverse';
import type { AskingView, PlotView, SideView, ToPlot } from '../../plotProtocol';
import type { Zooms } from './host';

/** One side as the page has it. */
export interface Side {
  view: Omit<SideView, 'expansions' | 'asking'>;
  asking: AskingView;
  multiverse: Multiverse;
  /** The block that is enlarged. */
  zoom: number;
}

/** What the page shows: the host's state, replayed, and what the reader has enlarged. */
export class PlotState {
  plot: Omit<PlotView, 'sides'> | null = null;
  sides: Side[] = [];
  #rev: number | null = null;

  get isAsking(): boolean {
    return this.sides.some(({ asking }) => asking.isAsking);
  }

  zooms(): number[] {
    return this.sides.map(({ zoom }) => zoom);
  }

  /**
   * Takes a message in.
   * @param recalled what was enlarged before the page was hidden
   * @returns false when one before it was lost: everything must be asked for again
   */
  take(message: ToPlot, recalled: Zooms | null): boolean {
    const isNext = this.#rev === null || message.rev === this.#rev + 1;
    if (message.type === 'plot') {
      this.#rev = message.rev;
      this.#begin(message.plot, recalled);
      return true;
    }
    this.#rev = message.rev;
    const side = this.sides[message.side];
    if (!isNext || !side) {
      return false;
    }
    message.expansions.forEach((expansion) => side.multiverse.expand(expansion));
    side.asking = message.asking;
    return true;
  }

  /** Enlarges a block; one that does not exist leaves all as it is. */
  zoom(at: number, block: number): void {
    const side = this.sides[at];
    if (side?.multiverse.block(block)) {
      side.zoom = block;
    }
  }

  /** One token back on a side. */
  zoomOut(at: number): void {
    const side = this.sides[at];
    if (side) {
      side.zoom = zoomedOut(side.multiverse, side.zoom);
    }
  }

  #begin({ sides, ...plot }: PlotView, recalled: Zooms | null): void {
    const zooms = plot.place === this.plot?.place ? this.zooms() : [];
    const remembered = recalled?.place === plot.place ? recalled.zooms : [];
    this.plot = plot;
    this.sides = sides.map(({ expansions, asking, ...view }, at) => {
      const multiverse = new Multiverse(view.taken);
      expansions.forEach((expansion) => multiverse.expand(expansion));
      const wanted =
        (this.sides[at]?.view.label === view.label ? zooms[at] : undefined) ?? remembered[at];
      const zoom = wanted !== undefined && multiverse.block(wanted) ? wanted : ROOT_BLOCK;
      return { view, asking, multiverse, zoom };
    });
  }
}
