import { strings } from '../strings';

/** Words a probability (0 to 1) as a percentage. What would round to 0 or 100 says so: `<0.1%`. */
export type Percent = (probability: number) => string;

/** @param language a BCP 47 tag; it decides the decimal sign and where the percent sign stands */
export function percentIn(language: string): Percent {
  const format = new Intl.NumberFormat(language, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const whole = limitIn(language);
  return (probability) => {
    if (probability < 0.001) {
      return strings.under(format.format(0.001));
    }
    if (probability > 0.999 && probability < 1) {
      return strings.over(format.format(0.999));
    }
    return probability >= 1 ? whole(1) : format.format(probability);
  };
}

/** Words a round probability, such as the limit of a step, with no more digits than it has. */
export function limitIn(language: string): Percent {
  const format = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  return (probability) => format.format(probability);
}
