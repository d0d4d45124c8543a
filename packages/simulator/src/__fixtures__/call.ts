import { createSimulator } from '../create-simulator.ts'
import type { Simulator } from '../create-simulator.ts'

/** A parsed server-sent event. */
export interface SseEvent {
  event: string | undefined
  data: string
}

/** A response whose JSON a test reads without narrowing it first. */
export type LooseResponse = Omit<Response, 'json'> & { json(): Promise<ReturnType<typeof JSON.parse>> }

/** Where each format lives, with a credential that its vendor takes. */
const vendors = {
  openai: { path: '/openai/v1/chat/completions', headers: { authorization: 'Bearer sk-test' } },
  anthropic: { path: '/anthropic/v1/messages', headers: { 'x-api-key': 'sk-ant', 'anthropic-version': '2023-06-01' } },
  gemini: { path: '/google-ai-studio/v1beta/models/{m}', headers: { 'x-goog-api-key': 'AIza' } },
  workersAi: { path: '/workers-ai/client/v4/accounts/acc/ai/run/{m}', headers: { authorization: 'Bearer cf' } },
  cohere: { path: '/cohere/v2/chat', headers: { authorization: 'Bearer co' } },
  bedrock: { path: '/aws-bedrock/model/{m}', headers: { authorization: 'Bearer aws' } },
} as const

export type Vendor = keyof typeof vendors

interface Options {
  simulator?: Simulator
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** Posts a body to a vendor; `model` fills the path where the vendor has it there. */
export function post(vendor: Vendor, body: Record<string, unknown>, options: Options = {}): Promise<LooseResponse> {
  const { path, headers } = vendors[vendor]
  const { model, ...rest } = body
  const inPath = path.includes('{m}')
  const url = path.replace('{m}', String(model ?? 'm'))
  return send(url, inPath ? rest : body, { ...options, headers: { ...headers, ...options.headers } })
}

/** Gets any path. */
export function get(simulator: Simulator, path: string, headers: Record<string, string> = {}): Promise<LooseResponse> {
  return simulator.fetch(new Request(`http://simulator${path}`, { headers }))
}

/** Posts JSON to any path. */
export function send(path: string, body: unknown, options: Options = {}): Promise<LooseResponse> {
  const { simulator = createSimulator({ now: () => 5000 }), headers = {}, signal } = options
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }
  return simulator.fetch(new Request(`http://simulator${path}`, signal ? { ...init, signal } : init))
}

/** The same short question in every format, streamed or not. */
export function ask(
  vendor: Vendor,
  options: { model?: string; text?: string; stream?: boolean } = {},
): Record<string, unknown> {
  const { model = 'm', text = 'hello there', stream = false } = options
  const messages = [{ role: 'user', content: text }]
  switch (vendor) {
    case 'openai':
      return { model, messages, ...(stream ? { stream, stream_options: { include_usage: true } } : {}) }
    case 'anthropic':
      return { model, messages, max_tokens: 100, stream }
    case 'gemini':
      return {
        model: `${model}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
        contents: [{ role: 'user', parts: [{ text }] }],
      }
    case 'workersAi':
      return { model: `@cf/meta/${model}`, messages, stream }
    case 'cohere':
      return { model, messages, stream }
    case 'bedrock':
      return {
        model: `${model}/converse${stream ? '-stream' : ''}`,
        messages: [{ role: 'user', content: [{ text }] }],
      }
  }
}

/** Splits a whole SSE text into events; comments are dropped. */
export function readEvents(text: string): SseEvent[] {
  return text
    .split(/\r?\n\r?\n/)
    .filter((block) => /^(event|data):/m.test(block))
    .map((block) => ({
      event: /^event: (.*)$/m.exec(block)?.[1]?.trim(),
      data: /^data: (.*)$/m.exec(block)?.[1]?.trim() ?? '',
    }))
}

/** The JSON payloads of an SSE answer, without `[DONE]`. */
export async function readPayloads(response: LooseResponse): Promise<ReturnType<typeof JSON.parse>[]> {
  const events = readEvents(await response.text())
  return events.filter(({ data }) => data !== '[DONE]').map(({ data }) => JSON.parse(data))
}
