/** Written by scripts/fit/oneMode.ts: logit of a flag being true, and what each unit of `diversityLost` adds. */
export const ONE_MODE_BIAS = -0.769;
export const ONE_MODE_WEIGHT = 1.861;
