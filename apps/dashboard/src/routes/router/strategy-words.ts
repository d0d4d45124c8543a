/** Strategies, for people. */
export const strategyNames = {
  balanced: 'Balanced',
  cheapest: 'Cheapest',
  fastest: 'Fastest',
  quality: 'Best quality',
} as const

/** What each goes by. */
export const strategyNotes: Readonly<Record<keyof typeof strategyNames, string>> = {
  balanced: 'Quality, speed and price, weighed against each other',
  cheapest: 'The lowest price among those that can answer',
  fastest: 'The highest measured speed, or else the one that is expected',
  quality: 'The best judged model, whatever it costs',
}

/** Names of strategies, in the order in which they are offered. */
export const strategies = ['balanced', 'cheapest', 'fastest', 'quality'] as const
