import type { Answer, ToolCall } from '../answer/build-answer.ts'
import { tokens } from '../answer/build-answer.ts'
import type { Ask } from '../ask.ts'
import type { Frame, Reply } from '../format.ts'
import { frame } from '../framing.ts'
import { hash, idFrom } from '../hash.ts'
import { promptTokens } from '../usage.ts'
import type { Usage } from '../usage.ts'
import { audioTokens } from './openai-chat-ask.ts'
import type { Dialect } from './openai-chat-dialects.ts'
import type { ChatRequest } from './openai-chat-request.ts'
import { splitText } from './split-text.ts'

interface Writing {
  request: ChatRequest
  model: string
  dialect: Dialect
  ask: Ask
}

type Json = Record<string, unknown>

const finishReasons = {
  stop: 'stop',
  'stop-sequence': 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  refusal: 'stop',
} as const satisfies Record<Answer['finish'], string>

/** The answer as one `chat.completion` object. */
export function toChatCompletion(writing: Writing, reply: Reply): Json {
  return {
    ...envelope(writing, reply, 'chat.completion'),
    choices: reply.answers.map((answer, index) => ({
      index,
      message: toMessage(writing, answer),
      logprobs: writing.request.logprobs ? logprobs(answer.pieces(), writing.request.top_logprobs) : null,
      finish_reason: finishReasons[answer.finish],
    })),
    ...(reply.usage ? { usage: toUsage(writing, reply.usage) } : {}),
  }
}

/** The answer as `chat.completion.chunk` events; the choices take turns. */
export function* toChatFrames(writing: Writing, reply: Reply): Iterable<Frame> {
  const base = envelope(writing, reply, 'chat.completion.chunk')
  const isAsked = writing.dialect.alwaysReportsUsage ?? writing.request.stream_options?.include_usage
  const withUsage = isAsked === true && reply.usage !== undefined
  const tail = withUsage && !writing.dialect.usageWithChoice ? { usage: null } : {}
  const padding = writing.request.stream_options?.include_obfuscation ? { obfuscation: idFrom(reply.seed, 7) } : {}
  const running = reply.answers.map((answer) => deltas(writing, answer)[Symbol.iterator]())
  const open = new Set(running.keys())
  // One event is kept back: the last may have to carry the usage.
  let last: { kind: Frame['kind']; body: Json } | undefined
  while (open.size > 0) {
    for (const index of open) {
      const next = running[index]?.next()
      if (!next || next.done) {
        open.delete(index)
        continue
      }
      if (last) yield frame(last.kind, last.body)
      const { kind, choice } = next.value
      last = { kind, body: { ...base, choices: [{ index, ...choice }], ...tail, ...padding } }
    }
  }
  const usage = withUsage && reply.usage ? { usage: toUsage(writing, reply.usage) } : undefined
  const isTogether = usage !== undefined && writing.dialect.usageWithChoice === true
  if (last) yield frame(last.kind, isTogether ? { ...last.body, ...usage } : last.body)
  if (usage && !isTogether) yield frame('finish', { ...base, choices: [], ...usage })
  yield { kind: 'done', text: '[DONE]' }
}

function envelope({ model }: Writing, { seed, createdSeconds }: Reply, kind: string): Json {
  return {
    id: `chatcmpl-${idFrom(seed, 29)}`,
    object: kind,
    created: createdSeconds,
    model,
    service_tier: 'default',
    system_fingerprint: `fp_${hash(model).toString(16).padStart(10, '0')}`,
  }
}

function* deltas({ request, dialect }: Writing, answer: Answer): Generator<{ kind: Frame['kind']; choice: Json }> {
  const delta = (kind: Frame['kind'], fields: Json, logs: unknown = null) => ({
    kind,
    choice: { delta: fields, logprobs: logs, finish_reason: null },
  })
  yield delta('preamble', { role: 'assistant', content: answer.calls.length > 0 ? null : '', refusal: null })
  const reasoningField = dialect.reasoningField ?? 'reasoning_content'
  for (const piece of tokens(answer.reasoning)) yield delta('token', { [reasoningField]: piece })
  const textField = answer.finish === 'refusal' ? 'refusal' : 'content'
  for (const piece of answer.pieces()) {
    yield delta('token', { [textField]: piece }, request.logprobs ? logprobs([piece], request.top_logprobs) : null)
  }
  for (const [index, call] of answer.calls.entries()) {
    const { id, type, function: start } = toToolCall(call)
    yield delta('token', { tool_calls: [{ index, id, type, function: { name: start.name, arguments: '' } }] })
    for (const piece of splitText(call.argumentsText, 3)) {
      yield delta('token', { tool_calls: [{ index, function: { arguments: piece } }] })
    }
  }
  if (answer.isCited) yield delta('other', { annotations: annotations(answer) })
  yield { kind: 'finish', choice: { delta: {}, logprobs: null, finish_reason: finishReasons[answer.finish] } }
}

function toMessage({ dialect }: Writing, answer: Answer): Json {
  const isRefusal = answer.finish === 'refusal'
  return {
    role: 'assistant',
    content: isRefusal || answer.calls.length > 0 ? null : answer.text,
    refusal: isRefusal ? answer.text : null,
    annotations: answer.isCited ? annotations(answer) : [],
    ...(answer.reasoning === '' ? {} : { [dialect.reasoningField ?? 'reasoning_content']: answer.reasoning }),
    ...(answer.calls.length > 0 ? { tool_calls: answer.calls.map(toToolCall) } : {}),
  }
}

function toToolCall({ id, name, argumentsText }: ToolCall) {
  return { id: `call_${id}`, type: 'function', function: { name, arguments: argumentsText } }
}

function annotations({ text }: Answer): Json[] {
  const citation = {
    start_index: 0,
    end_index: text.length,
    title: 'Simulated source',
    url: 'https://example.com/source',
  }
  return [{ type: 'url_citation', url_citation: citation }]
}

function logprobs(pieces: Iterable<string>, top: number | null | undefined): Json {
  const content = Array.from(pieces, (token) => {
    const entry = { token, logprob: -0.125, bytes: [...new TextEncoder().encode(token)] }
    return {
      ...entry,
      top_logprobs: Array.from({ length: top ?? 0 }, (_, rank) => ({ ...entry, logprob: -0.125 - rank })),
    }
  })
  return { content, refusal: null }
}

function toUsage({ ask, dialect }: Writing, usage: Usage): Json {
  const prompt = promptTokens(usage)
  const completion = usage.output + (dialect.excludesReasoning ? 0 : usage.reasoning)
  const hits = { prompt_cache_hit_tokens: usage.cacheRead, prompt_cache_miss_tokens: prompt - usage.cacheRead }
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + usage.output + usage.reasoning,
    prompt_tokens_details: { cached_tokens: usage.cacheRead, audio_tokens: Math.min(prompt, audioTokens(ask)) },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
    ...(dialect.hasCacheHitFields ? hits : {}),
  }
}
