import type { ResponseMeta } from '@gw/headers'
import { isObject } from './is-object.ts'
import type { AnyModel } from './model-types.ts'
import { hasCustomFetch } from './shadow-model.ts'

/** What a call's results say of the gateway, as `providerMetadata.gateway`. */
export type GatewayMetadata = ResponseMeta & {
  /** Index of the model that answered. */
  step: number
}

/** What a finished call adds to its result. */
export interface Report {
  metadata: GatewayMetadata
  warnings: readonly { type: 'other'; message: string }[]
}

/** The report of a call that a model answered. */
export function reportOf(metadata: GatewayMetadata, model: AnyModel): Report {
  const dropped = (metadata.warnings ?? []).map((text) => `Dropped by the gateway: ${text}`)
  const messages = hasCustomFetch(model) ? [...dropped, customFetchMessage(model)] : dropped
  return { metadata, warnings: messages.map((message) => ({ type: 'other', message })) }
}

function customFetchMessage({ provider }: AnyModel): string {
  return (
    `The \`fetch\` of ${provider} is not called behind a gateway. Pass yours to createAiGateway; take providers that ` +
    'sign requests from @gw/ai-sdk-provider/providers.'
  )
}

/** A result with the report in it; a stream has it in its first and last parts. */
export function addReport(result: unknown, method: string, report: Report): unknown {
  if (!isObject(result)) return result
  if (method === 'doStream') return withStream(result, report)
  const warnings: unknown = result['warnings']
  return {
    ...result,
    providerMetadata: withGateway(result['providerMetadata'], report, 'images' in result),
    ...(Array.isArray(warnings) && report.warnings.length > 0 && { warnings: [...warnings, ...report.warnings] }),
  }
}

/** The AI SDK wants `images` in every provider's metadata of images, and drops an empty one of a gateway. */
function withGateway(metadata: unknown, { metadata: gateway }: Report, hasImages: boolean): object {
  return { ...(isObject(metadata) && metadata), gateway: hasImages ? { images: [], ...gateway } : gateway }
}

function withStream(result: Record<string, unknown>, report: Report): object {
  const { stream } = result
  if (!(stream instanceof ReadableStream)) return result
  const transform = new TransformStream<unknown, unknown>({
    transform: (part, controller) => controller.enqueue(isObject(part) ? withPart(part, report) : part),
  })
  return { ...result, stream: stream.pipeThrough(transform) }
}

function withPart(part: Record<string, unknown>, report: Report): object {
  if (part['type'] === 'finish') {
    return { ...part, providerMetadata: withGateway(part['providerMetadata'], report, false) }
  }
  if (part['type'] !== 'stream-start' || report.warnings.length === 0) return part
  const warnings: unknown = part['warnings']
  return { ...part, warnings: [...(Array.isArray(warnings) ? warnings : []), ...report.warnings] }
}
