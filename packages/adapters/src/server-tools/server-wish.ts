import type { JsonObject } from '../json.ts'

/** What a caller wants of a tool that the vendor runs itself, in nobody's words. */
export type ServerWish = WebSearch | CodeExecution

export interface WebSearch {
  kind: 'web_search'
  max_uses?: number
  allowed_domains?: string[]
  blocked_domains?: string[]
  /** City, country, region and time zone, as far as they are said. */
  user_location?: JsonObject
  search_context_size?: string
}

export interface CodeExecution {
  kind: 'code_execution'
}

/** The options of a wish, under the names that warnings use. */
export type WishOption = Exclude<keyof WebSearch, 'kind'>
