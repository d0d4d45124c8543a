/** What of the Routes page is in its URL. */
export interface RoutesSearch {
  gateway?: string | undefined
  /** Name of the route that is edited. */
  route?: string | undefined
  /** Number of the version that is shown; the deployed one, or else the newest, without. */
  version?: string | undefined
  /** The element that is chosen. */
  element?: string | undefined
  view?: 'json' | undefined
  panel?: 'test' | 'versions' | undefined
}

/** Reads the URL; anything else in it is left out. */
export function parseRoutesSearch(search: Readonly<Record<string, unknown>>): RoutesSearch {
  const { gateway, route, version, element, view, panel } = search
  return {
    ...(typeof gateway === 'string' && gateway && { gateway }),
    ...(typeof route === 'string' && route && { route }),
    ...(typeof version === 'string' && /^\d+$/.test(version) && { version }),
    ...(typeof element === 'string' && element && { element }),
    ...(view === 'json' && { view }),
    ...((panel === 'test' || panel === 'versions') && { panel }),
  }
}
