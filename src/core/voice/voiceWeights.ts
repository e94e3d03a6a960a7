/** How much a feature varies among passages of one writer: see `VoiceProfile`. */
export interface Spread {
  between: number;
  within: number;
}

/** Written by scripts/fit/voice.ts, in the order of the features. */
export const VOICE_SPREADS: readonly Spread[] = [
  { between: 0.0878, within: 0.835 },
  { between: 0.0182, within: 0.346 },
  { between: 0.0248, within: 4.79 },
  { between: 0.000404, within: 0.00306 },
  { between: 0.1, within: 6.73 },
  { between: 0.00385, within: 0.203 },
  { between: 0.0, within: 0.245 },
  { between: 0.00305, within: 0.163 },
  { between: 0.0145, within: 0.15 },
  { between: 0.0026, within: 0.0932 },
  { between: 0.000649, within: 0.139 },
  { between: 0.000506, within: 0.231 },
  { between: 0.000569, within: 0.0999 },
  { between: 0.00081, within: 0.0911 },
  { between: 0.00084, within: 0.148 },
  { between: 0.000955, within: 0.112 },
  { between: 0.0, within: 0.28 },
  { between: 0.0, within: 0.227 },
  { between: 0.00117, within: 0.26 },
  { between: 0.000562, within: 0.186 },
  { between: 0.000612, within: 0.205 },
  { between: 0.000352, within: 0.209 },
  { between: 0.000487, within: 0.216 },
  { between: 0.000281, within: 0.17 },
  { between: 0.000597, within: 0.146 },
  { between: 0.000764, within: 0.162 },
  { between: 0.000322, within: 0.114 },
  { between: 0.00048, within: 0.112 },
  { between: 0.000585, within: 0.128 },
  { between: 0.000499, within: 0.121 },
  { between: 0.000484, within: 0.102 },
  { between: 0.000443, within: 0.104 },
  { between: 0.000485, within: 0.102 },
  { between: 0.00038, within: 0.101 },
  { between: 0.00022, within: 0.0976 },
  { between: 0.000327, within: 0.104 },
  { between: 0.000249, within: 0.115 },
  { between: 0.000464, within: 0.104 },
  { between: 0.000379, within: 0.1 },
  { between: 0.000338, within: 0.103 },
  { between: 0.000274, within: 0.113 },
  { between: 0.000361, within: 0.0943 },
  { between: 0.000165, within: 0.115 },
];
/** What a squared distance in each feature adds to the logit of another hand than the writer's. */
export const VOICE_WEIGHTS: readonly number[] = [
  0, 0.2701, 0.1588, 0.0681, 0.0415, 0.1433, 0.0569, 0.1286, 0.0319, 0.031, 0.0286, 0.1334, 0.1324,
  0.0226, 0, 0, 0.1391, 0, 0.1256, 0.0684, 0, 0, 0.127, 0, 0, 0, 0, 0.0598, 0.035, 0, 0, 0, 0.053,
  0, 0.006, 0, 0, 0, 0, 0.0243, 0.0675, 0, 0.0534,
];
export const VOICE_BIAS = -2.703;
/** From this probability on a text is said to have drifted. */
export const VOICE_THRESHOLD = 0.857;
