import type { Call, Format, Parsed } from '../format.ts'
import { Rejection } from '../format.ts'
import { sse } from '../framing.ts'
import { idFrom } from '../hash.ts'
import { toAnthropicMessage, toMessageFrames } from './anthropic-answer.ts'
import { toMessagesAsk } from './anthropic-ask.ts'
import { toAnthropicError } from './anthropic-errors.ts'
import { parseMessagesRequest } from './anthropic-request.ts'
import { checkMessages } from './anthropic-rules.ts'
import { isJson } from '../shape.ts'
import { bearer } from './credentials.ts'

const framing = sse()

const onVertex = /\/publishers\/anthropic\/models\/([^/]+):(?:rawPredict|streamRawPredict)$/

/** Anthropic's Messages API, at Anthropic and on Vertex. */
export const anthropicMessages: Format = {
  id: 'anthropic-messages',
  path: new RegExp(`/messages$|${onVertex.source}`),
  credential: ({ headers }) => headers.get('x-api-key') ?? bearer(headers),
  parse,
  overloadedStatus: 529,
  sample: (stream) => ({ model: 'm', max_tokens: 4096, messages: [{ role: 'user', content: 'hi' }], stream }),
  toError: toAnthropicError,
  toErrorFrame: ({ body }) => ({ kind: 'other', event: 'error', text: JSON.stringify(body) }),
  headers: ({ seed }) => ({
    'request-id': `req_${idFrom(seed, 24)}`,
    'anthropic-organization-id': '00000000-0000-4000-8000-000000000000',
    ...rateLimits('requests', 4000),
    ...rateLimits('tokens', 400_000),
    ...rateLimits('input-tokens', 400_000),
    ...rateLimits('output-tokens', 80_000),
  }),
}

function rateLimits(name: string, limit: number): Record<string, string> {
  return {
    [`anthropic-ratelimit-${name}-limit`]: String(limit),
    [`anthropic-ratelimit-${name}-remaining`]: String(limit - 1),
    [`anthropic-ratelimit-${name}-reset`]: '2030-01-01T00:00:00Z',
  }
}

function parse(call: Call): Parsed {
  const { model } = call
  const request = parseMessagesRequest(onVertex.test(call.path) ? vertexBody(call) : versionedBody(call))
  checkMessages(request)
  const ask = toMessagesAsk(request)
  const writing = { request, ask, model }
  return {
    ask,
    framing,
    toJson: (reply) => toAnthropicMessage(writing, reply),
    toFrames: (reply) => toMessageFrames(writing, reply),
  }
}

function versionedBody({ body, headers }: Call): unknown {
  const version = headers.get('anthropic-version')
  if (version === null) throw new Rejection('anthropic-version: header is required')
  if (version !== '2023-06-01' && version !== '2023-01-01') {
    throw new Rejection(`anthropic-version: "${version}" is not a valid version.`)
  }
  return body
}

/** Vertex has the version in the body, and the model in the path alone. */
function vertexBody({ body, model }: Call): unknown {
  if (!isJson(body)) return body
  const { anthropic_version: version, ...rest } = body
  if (version !== 'vertex-2023-10-16') throw new Rejection('anthropic_version: Field required')
  if ('model' in rest) throw new Rejection('model: Extra inputs are not permitted')
  return { ...rest, model }
}
