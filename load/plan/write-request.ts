import type { Model } from './models.ts'
import type { PlannedLeg, PlannedRequest } from './plan.ts'

/** A request as it goes out, but for its key. */
export interface WrittenRequest {
  path: string
  headers: Record<string, string>
  body: string
  /** Header that the key stands in, as this format's SDKs send it. */
  keyHeader: 'authorization' | 'x-api-key' | 'x-goog-api-key' | 'cf-aig-authorization'
}

/** Writes a request in its format. `gateway` is the one that it names; `undefined` leaves it to the default one. */
export function writeRequest(planned: PlannedRequest, gateway: string | undefined): WrittenRequest {
  const written = writers[planned.way](planned, gateway ?? 'default')
  const { attempts, timeoutMs, id } = planned
  return {
    ...written,
    headers: {
      'content-type': 'application/json',
      'cf-aig-event-id': id,
      'cf-aig-metadata': JSON.stringify({ mark: id }),
      ...(gateway !== undefined && { 'cf-aig-gateway-id': gateway }),
      ...(attempts > 1 && { 'cf-aig-max-attempts': String(attempts), 'cf-aig-retry-delay': '20' }),
      ...(timeoutMs !== undefined && { 'cf-aig-request-timeout': String(timeoutMs) }),
      ...(written.keyHeader === 'x-api-key' && { 'anthropic-version': '2023-06-01' }),
    },
  }
}

type Writer = (planned: PlannedRequest, gateway: string) => Omit<WrittenRequest, 'headers'>

const unified = ({ provider, name }: Model): string => `${provider}/${name}`

const writers: Readonly<Record<PlannedRequest['way'], Writer>> = {
  chat: (planned) => ({
    path: '/v1/chat/completions',
    keyHeader: 'authorization',
    body: JSON.stringify(openaiBody(planned, planned.legs[0], unified(planned.legs[0].model))),
  }),
  messages: (planned) => ({
    path: '/v1/messages',
    keyHeader: 'x-api-key',
    body: JSON.stringify(anthropicBody(planned, planned.legs[0], unified(planned.legs[0].model))),
  }),
  gemini: ({ stream, legs: [leg] }) => ({
    path: `/v1beta/models/${unified(leg.model)}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    keyHeader: 'x-goog-api-key',
    body: JSON.stringify(geminiBody(leg)),
  }),
  responses: ({ stream, legs: [leg] }) => ({
    path: '/v1/responses',
    keyHeader: 'authorization',
    body: JSON.stringify({
      model: unified(leg.model),
      input: leg.text,
      max_output_tokens: mostTokens(leg),
      store: false,
      stream,
    }),
  }),
  native: (planned, gateway) => {
    const [leg] = planned.legs
    return {
      path: `/v1/load/${gateway}/${leg.model.provider}/${pathOf(planned, leg)}`,
      keyHeader: 'cf-aig-authorization',
      body: JSON.stringify(nativeBody(planned, leg)),
    }
  },
  universal: (planned, gateway) => ({
    path: `/v1/load/${gateway}`,
    keyHeader: 'cf-aig-authorization',
    body: JSON.stringify(
      planned.legs.map((leg) => ({
        provider: leg.model.provider,
        endpoint: pathOf(planned, leg),
        headers: {
          'content-type': 'application/json',
          ...(leg.model.dialect === 'anthropic' && { 'anthropic-version': '2023-06-01' }),
        },
        query: nativeBody(planned, leg),
      })),
    ),
  }),
}

function pathOf({ stream }: PlannedRequest, { model }: PlannedLeg): string {
  return stream ? (model.streamPath ?? model.path) : model.path
}

function nativeBody(planned: PlannedRequest, leg: PlannedLeg): object {
  if (leg.model.dialect === 'gemini') return geminiBody(leg)
  return leg.model.dialect === 'anthropic'
    ? anthropicBody(planned, leg, leg.model.name)
    : openaiBody(planned, leg, leg.model.name)
}

/** More than the answer has, so that it ends by itself. */
const mostTokens = ({ words }: PlannedLeg): number => words + 50

function openaiBody({ stream, asksUsage }: PlannedRequest, leg: PlannedLeg, model: string): object {
  return {
    model,
    max_tokens: mostTokens(leg),
    messages: [{ role: 'user', content: leg.text }],
    ...(stream && { stream, ...(asksUsage && { stream_options: { include_usage: true } }) }),
  }
}

function anthropicBody({ stream }: PlannedRequest, leg: PlannedLeg, model: string): object {
  return { model, max_tokens: mostTokens(leg), messages: [{ role: 'user', content: leg.text }], stream }
}

function geminiBody(leg: PlannedLeg): object {
  return {
    contents: [{ role: 'user', parts: [{ text: leg.text }] }],
    generationConfig: { maxOutputTokens: mostTokens(leg) },
  }
}
