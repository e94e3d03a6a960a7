/** To this many distinct texts all pairs are compared; above, time and memory would grow with their square. */
export const MOST_COMPARED = 2000;
