import { tokens } from '../answer/build-answer.ts'
import type { Answer } from '../answer/build-answer.ts'
import type { Ask } from '../ask.ts'
import type { Frame, Reply } from '../format.ts'
import { frame } from '../framing.ts'
import { idFrom } from '../hash.ts'
import { promptTokens } from '../usage.ts'
import type { Usage } from '../usage.ts'
import { attachedTokens } from './gemini-ask.ts'
import { sign } from './signature.ts'

interface Writing {
  ask: Ask
  model: string
  /** How an array stream ends; nothing for server-sent events. */
  ending: string
  /** The answer carries a picture besides its text. */
  hasImage: boolean
}

type Json = Record<string, unknown>

const finishReasons = {
  stop: 'STOP',
  'stop-sequence': 'STOP',
  length: 'MAX_TOKENS',
  'tool-calls': 'STOP',
  refusal: 'SAFETY',
} as const satisfies Record<Answer['finish'], string>

/** A transparent PNG of one pixel. */
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** The answer as one GenerateContentResponse. */
export function toGenerateResponse(writing: Writing, reply: Reply): Json {
  const candidates = reply.answers.map((answer, index) => {
    const parts = [
      ...(writing.ask.reasoning.visibility === 'visible' && answer.reasoning !== ''
        ? [{ text: answer.reasoning, thought: true }]
        : []),
      ...(answer.calls.length > 0 || answer.text === '' || answer.finish === 'refusal' ? [] : [{ text: answer.text }]),
      ...finalParts(writing, answer),
    ]
    return { ...(parts.length > 0 ? { content: { role: 'model', parts } } : {}), ...ending(answer), index }
  })
  return { candidates, ...trailer(writing, reply, reply.usage) }
}

/** The answer as a stream of GenerateContentResponses; usage counts up and the last one finishes. */
export function* toGenerateFrames(writing: Writing, reply: Reply): Iterable<Frame> {
  const { usage } = reply
  const base = (spent: Usage | undefined) => trailer(writing, reply, spent)
  for (const [index, answer] of reply.answers.entries()) {
    const chunk = (kind: Frame['kind'], parts: Json[], spent: Usage | undefined): Frame =>
      frame(kind, { candidates: [{ content: { role: 'model', parts }, index }], ...base(spent) })
    let reasoning = 0
    const isVisible = writing.ask.reasoning.visibility === 'visible'
    for (const text of isVisible ? tokens(answer.reasoning) : []) {
      reasoning += 1
      yield chunk('token', [{ text, thought: true }], usage && { ...usage, output: 0, reasoning })
    }
    let output = 0
    for (const text of answer.finish === 'refusal' ? [] : answer.pieces()) {
      output += 1
      yield chunk('token', [{ text }], usage && { ...usage, output: Math.min(output, usage.output) })
    }
    for (const part of finalParts(writing, answer)) yield chunk('token', [part], usage)
    const content = answer.finish === 'refusal' ? {} : { content: { role: 'model', parts: [{ text: '' }] } }
    yield frame('finish', { candidates: [{ ...content, ...ending(answer), index }], ...base(usage) })
  }
  if (writing.ending !== '') yield { kind: 'done', text: writing.ending }
}

/** Calls and pictures, which come whole even in a stream. The first call is signed. */
function finalParts({ hasImage }: Writing, answer: Answer): Json[] {
  const calls = answer.calls.map(({ name, input, argumentsText }, index) => ({
    functionCall: { name, args: input },
    ...(index === 0 ? { thoughtSignature: sign('gemini', name + argumentsText) } : {}),
  }))
  return [
    ...calls,
    ...(hasImage && answer.finish === 'stop' ? [{ inlineData: { mimeType: 'image/png', data: pixel } }] : []),
  ]
}

function ending(answer: Answer): Json {
  const finish = { finishReason: finishReasons[answer.finish] }
  if (answer.finish === 'refusal') {
    return {
      ...finish,
      safetyRatings: [{ category: 'HARM_CATEGORY_DANGEROUS_CONTENT', probability: 'HIGH', blocked: true }],
    }
  }
  return answer.isCited ? { ...finish, groundingMetadata: grounding(answer.text) } : finish
}

function grounding(text: string): Json {
  return {
    webSearchQueries: ['simulated query'],
    groundingChunks: [{ web: { uri: 'https://example.com/source', title: 'Simulated source' } }],
    groundingSupports: [{ segment: { startIndex: 0, endIndex: text.length, text }, groundingChunkIndices: [0] }],
  }
}

function trailer({ ask, model }: Writing, { seed }: Reply, usage: Usage | undefined): Json {
  return {
    ...(usage ? { usageMetadata: toUsage(ask, usage) } : {}),
    modelVersion: model,
    responseId: idFrom(seed, 22),
  }
}

function toUsage(ask: Ask, usage: Usage): Json {
  const prompt = promptTokens(usage)
  const attached = prompt === 0 ? [] : attachedTokens(ask)
  const text = prompt - attached.reduce((sum, { tokenCount }) => sum + tokenCount, 0)
  return {
    promptTokenCount: prompt,
    candidatesTokenCount: usage.output,
    totalTokenCount: prompt + usage.output + usage.reasoning,
    ...(usage.cacheRead > 0 ? { cachedContentTokenCount: usage.cacheRead } : {}),
    ...(usage.reasoning > 0 ? { thoughtsTokenCount: usage.reasoning } : {}),
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: text }, ...attached],
  }
}
