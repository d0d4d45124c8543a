import type { Budget } from './budgets-card.tsx'

/** What a budget limits, for people. */
export const scopeNames: Readonly<Record<Budget['scope'], string>> = {
  org: 'Organisation',
  user: 'User',
  gateway_key: 'Key',
  gateway: 'Gateway',
  route: 'Route',
}

/** When a budget starts anew, for people. */
export const periodNames: Readonly<Record<Budget['period'], string>> = {
  day: 'Day',
  month: 'Month',
  total: 'Never starts anew',
}

/** What a budget does when it is reached, for people. */
export const modeNames: Readonly<Record<Budget['mode'], string>> = {
  hard: 'Refuse what could pass it',
  warn: 'Only warn',
}
