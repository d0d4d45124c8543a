/** What is left of a sum after a time, when half of it is lost in each `halfLifeMs`. */
export const fade = (sum: number, ms: number, halfLifeMs: number): number => sum * 2 ** (-Math.max(0, ms) / halfLifeMs)
