import type { ServerTool } from '../chat.ts'
import { compact, numberOf, objectOf, stringOf, stringsOf, type Json, type JsonObject } from '../json.ts'
import type { ServerWish } from './server-wish.ts'

interface ReadTool {
  wish: ServerWish
  /** What the tool says that a wish has no place for. */
  others: string[]
}

/** What a server tool is for, where other vendors have one for the same; `undefined` for any other tool. */
export function readServerTool({ format, tool }: ServerTool): ReadTool | undefined {
  return readers[format]?.(tool)
}

/** The name that warnings use: the tool's type, or the field that it stands under. */
export function nameOfServerTool({ tool }: ServerTool): string {
  return stringOf(tool['type']) ?? Object.keys(tool)[0] ?? 'server'
}

type Reader = (tool: JsonObject) => ReadTool | undefined

/**
 * @see https://platform.openai.com/docs/guides/tools-web-search
 * @see https://docs.anthropic.com/en/docs/agents-and-tools/tool-use/web-search-tool
 * @see https://ai.google.dev/gemini-api/docs/google-search
 */
const readers: Readonly<Record<string, Reader>> = {
  'openai-responses': ({ type, ...tool }) => {
    const name = stringOf(type) ?? ''
    if (/^web_search(?:_|$)/.test(name)) return readResponsesSearch(tool)
    if (name !== 'code_interpreter') return undefined
    const { container, ...rest } = tool
    const { type: _, ...own } = objectOf(container) ?? {}
    const named = typeof container === 'string' ? { container } : own
    return { wish: { kind: 'code_execution' }, others: stated({ ...rest, ...named }) }
  },
  'anthropic-messages': ({ type, name: _, ...tool }) => {
    const name = stringOf(type) ?? ''
    if (/^web_search_\d+$/.test(name)) return readMessagesSearch(tool)
    return /^code_execution_\d+$/.test(name) ? { wish: { kind: 'code_execution' }, others: stated(tool) } : undefined
  },
  'gemini-generate': ({ googleSearch, googleSearchRetrieval, codeExecution }) => {
    const search = objectOf(googleSearch) ?? objectOf(googleSearchRetrieval)
    if (search) {
      const { excludeDomains, ...rest } = search
      return { wish: { kind: 'web_search', ...listOf('blocked_domains', excludeDomains) }, others: stated(rest) }
    }
    return codeExecution ? { wish: { kind: 'code_execution' }, others: [] } : undefined
  },
  'openai-chat': ({ web_search_options }) => {
    const options = objectOf(web_search_options)
    if (options === undefined) return undefined
    const { search_context_size, user_location, ...rest } = options
    const place = objectOf(objectOf(user_location)?.['approximate'])
    return {
      wish: {
        kind: 'web_search',
        ...compact({ search_context_size: stringOf(search_context_size) }),
        ...placeOf(place),
      },
      others: stated(rest),
    }
  },
}

function readResponsesSearch({ filters, search_context_size, user_location, ...rest }: JsonObject): ReadTool {
  const { allowed_domains, ...others } = objectOf(filters) ?? {}
  return {
    wish: {
      kind: 'web_search',
      ...listOf('allowed_domains', allowed_domains),
      ...compact({ search_context_size: stringOf(search_context_size) }),
      ...placeOf(objectOf(user_location)),
    },
    others: stated({ ...others, ...rest, external_web_access: rest['external_web_access'] === false }),
  }
}

function readMessagesSearch(tool: JsonObject): ReadTool {
  const { max_uses, allowed_domains, blocked_domains, user_location, ...rest } = tool
  return {
    wish: {
      kind: 'web_search',
      ...compact({ max_uses: numberOf(max_uses) }),
      ...listOf('allowed_domains', allowed_domains),
      ...listOf('blocked_domains', blocked_domains),
      ...placeOf(objectOf(user_location)),
    },
    others: stated(rest),
  }
}

type DomainList = 'allowed_domains' | 'blocked_domains'

function listOf(field: DomainList, value: Json | undefined): { [field in DomainList]?: string[] } {
  const domains = stringsOf(value)
  return domains.length > 0 ? { [field]: domains } : {}
}

function placeOf(place: JsonObject = {}): { user_location?: JsonObject } {
  const { city, country, region, timezone } = place
  const known = Object.entries({ city, country, region, timezone }).filter(([, value]) => typeof value === 'string')
  return known.length > 0 ? { user_location: Object.fromEntries(known) } : {}
}

/** The names of the fields that say something. */
function stated(fields: JsonObject): string[] {
  const said = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== false)
  return said.map(([field]) => field)
}
