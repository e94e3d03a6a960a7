/**
 * A probability (0 to 1) for people: "97.3%". What would round to 0 or 100 without being it says so:
 * "<0.1%", ">99.9%".
 * @param language BCP 47 tag that decides the decimal sign; English by default
 */
export function formatProbability(probability: number, language = 'en'): string {
  const format = new Intl.NumberFormat(language, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  if (probability > 0 && probability < 0.001) {
    return `<${format.format(0.001)}`;
  }
  if (probability > 0.999 && probability < 1) {
    return `>${format.format(0.999)}`;
  }
  return format.format(probability);
}
