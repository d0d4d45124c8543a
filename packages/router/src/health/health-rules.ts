/** The numbers behind `observe`, `judgeHealth` and `claimProbe`. */
export const healthRules = {
  /** After this long an outcome counts half in the uptime. */
  uptimeHalfLifeMs: 300_000,
  /** Successes that are taken for granted; they keep one failure of one from being an uptime of 0. */
  assumedSuccesses: 10,
  /** Uptime below which a target is degraded. */
  degradedBelow: 0.95,
  /** After this long an outcome counts half in what opens the circuit. */
  circuitHalfLifeMs: 60_000,
  /** The circuit opens at this many counted failures (decayed and rounded) … */
  openingFailures: 5,
  /** … that are at least this share of the successes and counted failures. */
  openingShare: 0.5,
  /** Rest of the first opening; each opening after it doubles it. */
  firstRestMs: 30_000,
  longestRestMs: 600_000,
  /** Closed for this long, the circuit rests as for the first time again. */
  forgetAfterMs: 600_000,
  /** A probe that says nothing for this long is given up, and another may go. */
  probeMs: 60_000,
  /** Rest after a rate limit that doesn't say how long; each in a row doubles it. */
  firstLimitRestMs: 1000,
  longestLimitRestMs: 60_000,
  /** Who asks for more is asked again after this long: it may have been a mistake. */
  longestAskedRestMs: 3_600_000,
  /** Rest of a model that the provider says it does not have. */
  missingRestMs: 600_000,
  /** After this long a measured answer counts half in the speed. */
  speedHalfLifeMs: 1_800_000,
  /** No more measured answers are remembered, so that a busy target's speed is that of its last minutes. */
  mostSamples: 80,
  /** After this long without a measured answer the speed is forgotten, so that a slow target gets another chance. */
  speedMemoryMs: 10_800_000,
} as const
