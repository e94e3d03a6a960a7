/** Words numbers the way the reader's language does. */
export interface Numbers {
  /** A rate: one digit after the point under ten, none above. */
  rate(value: number): string;
  /** US dollars to the cent; under one dollar, two significant digits. */
  dollars(value: number): string;
}

/** @param language a BCP 47 tag */
export function numbersIn(language: string): Numbers {
  const small = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const currency = { style: 'currency', currency: 'USD' } as const;
  const dollars = new Intl.NumberFormat(language, currency);
  const cents = new Intl.NumberFormat(language, { ...currency, maximumSignificantDigits: 2 });
  return {
    rate: (value) => (value < 10 ? small : whole).format(value),
    dollars: (value) => (value < 1 ? cents : dollars).format(value),
  };
}
