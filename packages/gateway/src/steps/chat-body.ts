import type { JsonObject } from '@gw/adapters'
import { isObject, openaiChat, openaiCompletions } from '@gw/adapters'
import type { Deps } from '../deps.ts'
import type { ChatLeg } from '../plan.ts'

export interface ChatBody {
  text: string
  warnings: string[]
}

/**
 * The body for the provider. In the caller's own format it is the caller's text with the model name changed, and with
 * usage asked for where a stream would end without it; otherwise it is translated.
 */
export function chatBody(leg: ChatLeg, deps: Deps): ChatBody {
  const { chat, api, model } = leg
  const { wire } = api
  const encode = (body: JsonObject): JsonObject =>
    api.encode?.(body, { model, stream: chat.stream, betas: leg.betas.values }) ?? body
  if (chat.format.id !== wire.id) {
    const context = { model, now: deps.now, createId: deps.createId }
    const { body, warnings } = wire.formatRequest(chat.request(), context)
    return { text: JSON.stringify(encode(body)), warnings }
  }
  if (!api.encode && !asksForUsage(leg)) {
    const spliced = 'model' in chat.body ? spliceModel(chat.text, chat.body['model'], model) : chat.text
    if (spliced !== undefined) return { text: spliced, warnings: [] }
  }
  const names = 'model' in chat.body
  const body = {
    ...chat.body,
    ...(names && { model }),
    ...(asksForUsage(leg) && { stream_options: usageOptions(chat.body) }),
  }
  return { text: JSON.stringify(encode(body)), warnings: [] }
}

/** Dialects whose streams end without usage unless asked for it. */
const isMeteredOnRequest: ReadonlySet<string> = new Set([openaiChat.id, openaiCompletions.id])

/** OpenAI's streams end without usage unless asked; the bill needs it. */
export function asksForUsage({ chat, api: { wire } }: ChatLeg): boolean {
  return isMeteredOnRequest.has(wire.id) && chat.stream && !callerWantsUsage(chat.body)
}

/** True when the caller asked for the usage event that ends an OpenAI stream. */
export function callerWantsUsage({ stream_options: options }: JsonObject): boolean {
  return isObject(options) && options['include_usage'] === true
}

function usageOptions({ stream_options: options }: JsonObject): JsonObject {
  return { ...(isObject(options) && options), include_usage: true }
}

/** Changes the model in the text itself, where it stands there exactly once; everything else stays as the caller wrote it. */
function spliceModel(text: string, from: unknown, to: string): string | undefined {
  if (from === to) return text
  const quoted = `${JSON.stringify(from)}`
  const pattern = new RegExp(`"model"\\s*:\\s*${quoted.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)}`, 'g')
  const places = [...text.matchAll(pattern)]
  const [place] = places
  if (places.length !== 1 || place === undefined) return undefined
  return `${text.slice(0, place.index)}"model":${JSON.stringify(to)}${text.slice(place.index + place[0].length)}`
}
