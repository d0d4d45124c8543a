/** What the upstream says, and how fast. A request picks one by the words `bench:<name>` anywhere in its body. */
export const scripts = {
  short: { words: 24, paceMs: 0 },
  long: { words: 300, paceMs: 0 },
  paced: { words: 60, paceMs: 5 },
  first: { words: 2, paceMs: 10 },
} as const

export type ScriptName = keyof typeof scripts

/** Tokens that the upstream counts for any prompt. */
export const promptTokens = 12

export interface AnswerBytes {
  contentType: string
  /** One for JSON; one for each event of a stream. */
  chunks: readonly Buffer[]
  paceMs: number
}

export interface AnswerKind {
  format: 'openai' | 'anthropic'
  script: ScriptName
  stream: boolean
  /** OpenAI streams only: the usage event before `[DONE]`. */
  includeUsage: boolean
}

const known = new Map<string, AnswerBytes>()

/** The bytes of an answer, computed once. */
export function answerFor(kind: AnswerKind): AnswerBytes {
  const { format, script, stream, includeUsage } = kind
  const key = `${format} ${script} ${stream} ${includeUsage}`
  const ready = known.get(key)
  if (ready) return ready
  const texts = stream
    ? framesOf(kind)
    : [JSON.stringify(format === 'openai' ? openaiJson(script) : anthropicJson(script))]
  const answer = {
    contentType: stream ? 'text/event-stream; charset=utf-8' : 'application/json',
    chunks: texts.map((text) => Buffer.from(text)),
    paceMs: scripts[script].paceMs,
  }
  known.set(key, answer)
  return answer
}

/** Events of an OpenAI stream of that script; the count that CPU time per chunk is taken over, whatever the format. */
export const eventsOf = (script: ScriptName): number => scripts[script].words + 3

/** The words that an answer consists of, each with the space after it. */
export function wordsOf(script: ScriptName): string[] {
  return Array.from({ length: scripts[script].words }, (_, index) => `w${index} `)
}

function framesOf({ format, script, includeUsage }: AnswerKind): string[] {
  return format === 'openai' ? openaiFrames(script, includeUsage) : anthropicFrames(script)
}

const model = 'gpt-4o-mini-2024-07-18'
const head = {
  id: 'chatcmpl-bench0000000000000000000000',
  created: 1_700_000_000,
  model,
  system_fingerprint: 'fp_bench',
}

const openaiUsage = (completion: number) => ({
  prompt_tokens: promptTokens,
  completion_tokens: completion,
  total_tokens: promptTokens + completion,
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
})

function openaiJson(script: ScriptName): unknown {
  const message = { role: 'assistant', content: wordsOf(script).join(''), refusal: null, annotations: [] }
  return {
    ...head,
    object: 'chat.completion',
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage: openaiUsage(scripts[script].words),
    service_tier: 'default',
  }
}

function openaiFrames(script: ScriptName, includeUsage: boolean): string[] {
  const base = { ...head, object: 'chat.completion.chunk', service_tier: 'default' }
  const frame = (choices: unknown[], usage: unknown = null): string =>
    `data: ${JSON.stringify({ ...base, choices, ...(includeUsage && { usage }) })}\n\n`
  const choice = (delta: unknown, finish: string | null = null) => ({
    index: 0,
    delta,
    logprobs: null,
    finish_reason: finish,
  })
  return [
    frame([choice({ role: 'assistant', content: '', refusal: null })]),
    ...wordsOf(script).map((content) => frame([choice({ content })])),
    frame([choice({}, 'stop')]),
    ...(includeUsage ? [frame([], openaiUsage(scripts[script].words))] : []),
    'data: [DONE]\n\n',
  ]
}

const anthropicHead = {
  id: 'msg_bench00000000000000000',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-5',
}

function anthropicJson(script: ScriptName): unknown {
  return {
    ...anthropicHead,
    content: [{ type: 'text', text: wordsOf(script).join('') }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: anthropicUsage(scripts[script].words),
  }
}

const anthropicUsage = (output: number) => ({
  input_tokens: promptTokens,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  output_tokens: output,
})

function anthropicFrames(script: ScriptName): string[] {
  const frame = (type: string, fields: object = {}): string =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`
  const message = { ...anthropicHead, content: [], stop_reason: null, stop_sequence: null, usage: anthropicUsage(1) }
  const usage = anthropicUsage(scripts[script].words)
  return [
    frame('message_start', { message }),
    frame('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    frame('ping'),
    ...wordsOf(script).map((text) => frame('content_block_delta', { index: 0, delta: { type: 'text_delta', text } })),
    frame('content_block_stop', { index: 0 }),
    frame('message_delta', { delta: { stop_reason: 'end_turn', stop_sequence: null }, usage }),
    frame('message_stop'),
  ]
}
