import { numbersIn } from '../model/numbers';

/** Numbers as people read them, in their language. */
export interface PlotNumbers {
  whole: (value: number) => string;
  times: (value: number) => string;
  bits: (value: number) => string;
  dollars: (value: number) => string;
}

/** @param language a BCP 47 tag */
export function plotNumbersIn(language: string): PlotNumbers {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const times = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const bits = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const numbers = numbersIn(language);
  return {
    whole: (value) => whole.format(value),
    times: (value) => times.format(value),
    bits: (value) => bits.format(value),
    dollars: (value) => numbers.dollars(value),
  };
}
