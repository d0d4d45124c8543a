/** What of the playground is in its URL. */
export interface PlaygroundSearch {
  /** A row whose request is asked again. */
  log?: string | undefined
  model?: string | undefined
  /** A second model, that is asked the same. */
  versus?: string | undefined
  gateway?: string | undefined
}

const names = ['log', 'model', 'versus', 'gateway'] as const

/** Reads the URL; anything else in it is left out. */
export function parsePlaygroundSearch(search: Readonly<Record<string, unknown>>): PlaygroundSearch {
  return Object.fromEntries(
    names.flatMap((name) => (typeof search[name] === 'string' && search[name] ? [[name, search[name]]] : [])),
  )
}
