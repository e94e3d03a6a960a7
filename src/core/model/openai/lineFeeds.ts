import { withLf } from '../../text/lineEnds';

/** As `withLf`, over the borders of the pieces of a stream: the LF of a CRLF adds nothing to its CR. */
export class LineFeeds {
  #afterCr = false;

  add(text: string): string {
    if (text === '' || (!this.#afterCr && !text.includes('\r'))) {
      return text;
    }
    const rest = this.#afterCr && text.startsWith('\n') ? text.slice(1) : text;
    this.#afterCr = text.endsWith('\r');
    return withLf(rest);
  }
}
