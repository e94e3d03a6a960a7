/** Runs `draw` at most once a frame, however often it is asked; again while it returns true. */
export function eachFrame(
  draw: () => boolean,
  requestFrame: (callback: () => void) => void,
): () => void {
  let isAsked = false;
  const ask = () => {
    if (!isAsked) {
      isAsked = true;
      requestFrame(() => {
        isAsked = false;
        if (draw()) {
          ask();
        }
      });
    }
  };
  return ask;
}
