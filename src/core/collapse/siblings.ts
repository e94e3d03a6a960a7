import type { NodeId } from '../tree/node';
import type { Flag, FlagCode } from './flag';

/** One of several continuations of one passage. Line ends LF. */
export interface Sibling {
  node?: NodeId;
  text: string;
}

/** What a detector found in each sibling, in the order given; offsets lie in that sibling's text. */
export type SiblingFlags<C extends FlagCode = FlagCode> = readonly (readonly Flag<C>[])[];

/** A place in a sibling, as other flags relate to it. */
export function placeIn(sibling: Sibling, start: number, end: number) {
  return sibling.node === undefined ? { start, end } : { node: sibling.node, start, end };
}
