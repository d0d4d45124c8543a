/** What of the Settings page is in its URL. */
export interface SettingsSearch {
  gateway?: string | undefined
}

/** Reads the URL; anything else in it is left out. */
export function parseSettingsSearch(search: Readonly<Record<string, unknown>>): SettingsSearch {
  const { gateway } = search
  return typeof gateway === 'string' && gateway ? { gateway } : {}
}
