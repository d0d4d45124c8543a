import type { AiBinding, AiRunOptions } from '../ai-binding.ts'

/** A universal entry as it was sent. */
export interface SentEntry {
  provider: string
  endpoint: string
  headers: Record<string, string>
  query: Record<string, unknown>
}

/** What a fake binding was asked. */
export interface FakeCalls {
  runs: { model: string; inputs: Record<string, unknown>; options: AiRunOptions }[]
  universal: { gatewayId: string; entries: SentEntry[]; options: Record<string, unknown> }[]
  fetches: { url: string; init: RequestInit | undefined }[]
}

/** How it answers; the call is the number of the answer, from 0. */
export interface FakeAnswers {
  run?: (call: number, options: AiRunOptions) => unknown
  universal?: (call: number, entries: SentEntry[]) => Response | Promise<Response>
  fetch?: (call: number) => Response | Promise<Response>
}

/** A binding that records what it is asked, in place of `env.AI`. */
export function createFakeAi(answers: FakeAnswers = {}): { ai: AiBinding; calls: FakeCalls } {
  const calls: FakeCalls = { runs: [], universal: [], fetches: [] }
  const { run = () => chatAnswer('fine'), universal = () => chatAnswer('fine'), fetch } = answers
  const ai: AiBinding = {
    run: async (model, inputs, options = {}) => {
      calls.runs.push({ model, inputs, options })
      return run(calls.runs.length - 1, options)
    },
    gateway: (gatewayId) => ({
      run: async (sent, options = {}) => {
        const entries: SentEntry[] = JSON.parse(JSON.stringify(sent))
        calls.universal.push({ gatewayId, entries, options: { ...options } })
        return universal(calls.universal.length - 1, entries)
      },
    }),
    fetch: async (url, init) => {
      calls.fetches.push({ url, init })
      return fetch?.(calls.fetches.length - 1) ?? new Response(null, { status: 404 })
    },
  }
  return { ai, calls }
}

/** An answer in the format of chat completions. */
export function chatAnswer(content: string, headers: Record<string, string> = {}): Response {
  const message = { role: 'assistant', content }
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }
  const choices = [{ index: 0, message, finish_reason: 'stop' }]
  const body = { id: 'chat-1', object: 'chat.completion', created: 1, model: 'm', choices, usage }
  return Response.json(body, { headers })
}

/** An answer in the format of Anthropic's Messages. */
export function messagesAnswer(text: string, headers: Record<string, string> = {}): Response {
  const usage = { input_tokens: 1, output_tokens: 1 }
  const body = { id: 'msg-1', type: 'message', role: 'assistant', model: 'm', stop_reason: 'end_turn', usage }
  return Response.json({ ...body, content: [{ type: 'text', text }] }, { headers })
}

/** An answer in the format of Gemini. */
export function geminiAnswer(text: string, headers: Record<string, string> = {}): Response {
  const candidates = [{ content: { role: 'model', parts: [{ text }] }, finishReason: 'STOP', index: 0 }]
  const usageMetadata = { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 }
  return Response.json({ candidates, usageMetadata, modelVersion: 'm' }, { headers })
}

/** The events of a streamed chat completion. */
export function chatEvents(...words: string[]): string[] {
  const chunk = (delta: object, finish: string | null): string =>
    `data: ${JSON.stringify({ id: 'chat-1', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
  return [...words.map((content) => chunk({ content }, null)), chunk({}, 'stop'), 'data: [DONE]\n\n']
}

/** A streamed answer. */
export function streamAnswer(
  body: string | ReadableStream<Uint8Array>,
  headers: Record<string, string> = {},
): Response {
  return new Response(body, { headers: { 'content-type': 'text/event-stream', ...headers } })
}

/** A body that gives these pieces and then fails. */
export function brokenBody(...pieces: string[]): ReadableStream<Uint8Array> {
  const rest = pieces.values()
  return new ReadableStream(
    {
      pull: (controller) => {
        const { value } = rest.next()
        if (value === undefined) controller.error(new Error('connection lost'))
        else controller.enqueue(new TextEncoder().encode(value))
      },
    },
    { highWaterMark: 0 },
  )
}
