/** What of the playground is in its URL. */
export interface PlaygroundSearch {
  /** A row whose request is asked again. */
  log?: string | undefined
}

/** Reads the URL; anything else in it is left out. */
export function parsePlaygroundSearch({ log }: Readonly<Record<string, unknown>>): PlaygroundSearch {
  return typeof log === 'string' && log ? { log } : {}
}
