import { parseRangeSearch, type RangeSearch } from '../../time-range/time-range.ts'

/** What of the Router page is in its URL; the range is that of what-if. */
export interface RouterSearch extends RangeSearch {
  tab?: 'explain' | 'what-if' | 'health' | undefined
  gateway?: string | undefined
  /** What is asked of explain. */
  model?: string | undefined
  task?: string | undefined
  /** Capabilities, with commas. */
  needs?: string | undefined
  input?: string | undefined
  output?: string | undefined
  user?: string | undefined
}

const names = ['gateway', 'model', 'task', 'needs', 'input', 'output', 'user'] as const
const tabs = ['explain', 'what-if', 'health'] as const

/** Reads the URL; anything else in it is left out. */
export function parseRouterSearch(search: Readonly<Record<string, unknown>>): RouterSearch {
  const tab = tabs.find((one) => one === search['tab'])
  const texts = names.flatMap((name) =>
    typeof search[name] === 'string' && search[name] ? [[name, search[name]]] : [],
  )
  return { ...parseRangeSearch(search), ...(tab && { tab }), ...Object.fromEntries(texts) }
}
