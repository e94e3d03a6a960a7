/** The greatest number in a message that is less than what was asked for. */
export function boundIn(text: string, asked: number): number | undefined {
  const numbers = Array.from(text.matchAll(/(?<![\w.-])\d+(?![\w.]*\w)/g), ([digits]) =>
    Number(digits),
  );
  const below = numbers.filter((number) => number < asked);
  return below.length > 0 ? Math.max(...below) : undefined;
}
