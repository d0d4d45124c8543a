export const keyTabs = ['gateway', 'provider', 'resolution'] as const

export type KeyTab = (typeof keyTabs)[number]

/** What of the Keys page is in its URL. */
export interface KeysSearch {
  tab?: KeyTab | undefined
  /** For whom and what the explanation is. */
  provider?: string | undefined
  user?: string | undefined
}

/** Reads the URL; anything else in it is left out. */
export function parseKeysSearch(search: Readonly<Record<string, unknown>>): KeysSearch {
  const { tab, provider, user } = search
  const known = keyTabs.find((name) => name === tab)
  return {
    ...(known && { tab: known }),
    ...(typeof provider === 'string' && provider && { provider }),
    ...(typeof user === 'string' && user && { user }),
  }
}
