export const alertTabs = ['alerts', 'rules', 'channels', 'deliveries'] as const

export type AlertTab = (typeof alertTabs)[number]

/** What of the Alerts page is in its URL. */
export interface AlertsSearch {
  tab?: AlertTab | undefined
  /** The operator's, about all organisations together. */
  system?: '1' | undefined
}

/** Reads the URL; anything else in it is left out. */
export function parseAlertsSearch(search: Readonly<Record<string, unknown>>): AlertsSearch {
  const tab = alertTabs.find((name) => name === search['tab'])
  return { ...(tab && { tab }), ...(search['system'] === '1' && { system: '1' as const }) }
}
