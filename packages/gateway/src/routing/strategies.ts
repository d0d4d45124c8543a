import type { Strategy } from '@gw/router'

/** What can stand after `auto/`. */
export const strategies: readonly Strategy[] = ['balanced', 'cheapest', 'fastest', 'quality']
