import type { ChatApi } from '@gw/adapters'

/** What of the caller's wishes for unreleased features goes to a target. */
export interface SentBetas {
  values: string[]
  /** Values that the target does not take. */
  dropped: string[]
}

/** Where callers ask for them. */
export const betaHeaders = ['anthropic-beta', 'openai-beta'] as const

/** Reads the beta headers of a request for a target: each vendor gets its own, and of these what it takes. */
export function readBetas(headers: Pick<Headers, 'get'>, { betas }: ChatApi): SentBetas {
  const sent: SentBetas = { values: [], dropped: [] }
  for (const name of betaHeaders) {
    const values = (headers.get(name) ?? '').split(',').map((value) => value.trim())
    for (const value of values.filter((text) => text !== '')) {
      const isTaken = betas?.header === name && (betas.allowed?.has(value) ?? true)
      if (isTaken) sent.values.push(value)
      else sent.dropped.push(`${name}.${value.slice(0, 64)}`)
    }
  }
  return sent
}
