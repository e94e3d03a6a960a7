import type { Subject } from './subject';
import { languageOf, type Language } from './language';
import { Prose } from './prose';
import { classify } from './wordClass';

/** A subject cut into words once, for all detectors that read words. */
export interface Reading {
  subject: Subject;
  prose: Prose;
  /** `classify(prose)`. */
  marks: Int32Array;
  language: Language;
}

export function readSubject(subject: Subject): Reading {
  const prose = new Prose(subject.text);
  const marks = classify(prose);
  return { subject, prose, marks, language: languageOf(prose, marks) };
}
