import type { SharedV4ProviderOptions } from '@ai-sdk/provider'
import type { ReasoningDetail } from '../chat.ts'
import { isObject, parseObject } from '../json.ts'

/** What `format` says of a block that an AI SDK provider wrote. */
const format = 'ai-sdk'

/** A provider's metadata (signatures, ids) on its way to the caller: text in a block of reasoning. */
export function writeMetadata(metadata: unknown): Pick<ReasoningDetail, 'signature' | 'format'> {
  return isObject(metadata) ? { signature: JSON.stringify(metadata), format } : { format }
}

/** The metadata of a tool call, which has no field of its own: a block with the call's id. */
export function callMetadata(callId: string, metadata: unknown): ReasoningDetail[] {
  if (!isObject(metadata)) return []
  return [{ type: 'reasoning.encrypted', id: callId, data: JSON.stringify(metadata), format }]
}

/** The same as options on its way back; nothing when another provider wrote it. */
export function readMetadata(detail: Pick<ReasoningDetail, 'signature' | 'data' | 'format'> | undefined): {
  providerOptions?: SharedV4ProviderOptions
} {
  const text = detail?.format === format ? (detail.signature ?? detail.data) : undefined
  const metadata = text === undefined ? undefined : parseObject(text)
  if (!metadata) return {}
  const options = Object.entries(metadata).flatMap(([name, value]) => (isObject(value) ? [[name, value] as const] : []))
  return { providerOptions: Object.fromEntries(options) }
}
