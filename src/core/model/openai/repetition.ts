/**
 * How much of the beginning of a reply says the assistant's message again that it was to go on with: some
 * servers send that first, word for word.
 * @param prefill that message; '' when there is none
 * @param reply as far as it has come
 * @param ended whether all of it has come
 * @returns UTF-16 code units from its start, or `undecided` while more of it has to be seen
 */
export function repetition(reply: string, prefill: string, ended: boolean): number | 'undecided' {
  if (prefill === '') {
    return 0;
  }
  if (reply.startsWith(prefill)) {
    return prefill.length;
  }
  return !ended && prefill.startsWith(reply) ? 'undecided' : 0;
}
