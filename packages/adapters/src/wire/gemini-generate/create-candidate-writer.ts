import type { Annotation, ChunkChoice, Delta, ReasoningDetail, ToolCallDelta } from '../../chat.ts'
import { objectOf, objectsOf, parseObject, type JsonObject } from '../../json.ts'
import { formatBlock } from './format-block.ts'
import { formatGrounding } from './format-grounding.ts'
import { formatLogprobs } from './format-logprobs.ts'
import { formatAudio, formatImage } from './format-media-part.ts'
import { formatReasoningPart } from './format-reasoning-part.ts'
import { toNativeFinishReason } from './to-native-finish-reason.ts'

/** Writes one choice of a stream as a candidate. */
export interface CandidateWriter {
  /** The parts that this piece completes. */
  write(choice: Omit<ChunkChoice, 'index'>): JsonObject[]
  /** The last candidate, with what was held back: calls, finish reason, sources; or `promptFeedback`. */
  end(): JsonObject
}

interface Progress {
  text: string[]
  annotations: Annotation[]
  logprobs: JsonObject[]
  calls: Map<number, OpenCall>
  /** Reasoning text has gone out that no detail has closed yet. */
  isThinking: boolean
  ending?: Omit<ChunkChoice, 'index'>
  refusal: string
}

interface OpenCall {
  id: string
  name: string
  pieces: string[]
  signature: string | undefined
}

export function createCandidateWriter(): CandidateWriter {
  const progress: Progress = {
    text: [],
    annotations: [],
    logprobs: [],
    calls: new Map(),
    isThinking: false,
    refusal: '',
  }
  return {
    write: (choice) => writeChoice(choice, progress),
    end: () => endCandidate(progress),
  }
}

function writeChoice(choice: Omit<ChunkChoice, 'index'>, progress: Progress): JsonObject[] {
  const { delta, finish_reason, logprobs } = choice
  progress.logprobs.push(...objectsOf(objectOf(logprobs)?.['content']))
  progress.annotations.push(...(delta.annotations ?? []))
  if (finish_reason !== null) progress.ending = choice
  const isFiltered = finish_reason === 'content_filter'
  if (delta.refusal && isFiltered) progress.refusal += delta.refusal
  const said = (delta.content ?? '') + (isFiltered ? '' : (delta.refusal ?? ''))
  if (said !== '') progress.text.push(said)
  for (const call of delta.tool_calls ?? []) readCall(call, progress)
  const sound = delta.audio && formatAudio(delta.audio)
  return [
    ...writeReasoning(delta, progress),
    ...(said === '' ? [] : [{ text: said }]),
    ...(delta.images ?? []).map(formatImage),
    ...(sound ? [sound] : []),
  ]
}

/** A detail whose text has been streamed adds the signature only. */
function writeReasoning({ reasoning_content, reasoning_details = [] }: Delta, progress: Progress): JsonObject[] {
  const thought = reasoning_content ? [{ text: reasoning_content, thought: true }] : []
  if (reasoning_content) progress.isThinking = true
  return [...thought, ...reasoning_details.flatMap((detail) => writeDetail(detail, progress))]
}

function writeDetail(detail: ReasoningDetail, progress: Progress): JsonObject[] {
  if (detail.type === 'reasoning.encrypted') return [formatReasoningPart(detail)]
  const wasThinking = progress.isThinking
  progress.isThinking = false
  if (!wasThinking) return [formatReasoningPart(detail)]
  return detail.signature ? [formatReasoningPart({ ...detail, text: '' })] : []
}

/** Calls may come interleaved, and only whole ones are any use to a Gemini client: they wait for the end. */
function readCall({ index, id, function: called, extra_content }: ToolCallDelta, { calls }: Progress): void {
  const known = calls.get(index)
  const signature = extra_content?.google?.thought_signature
  if (!known) {
    calls.set(index, { id: id ?? '', name: called?.name ?? '', pieces: [called?.arguments ?? ''], signature })
    return
  }
  known.pieces.push(called?.arguments ?? '')
  known.signature ??= signature
}

function closeCalls(progress: Progress): JsonObject[] {
  const parts = [...progress.calls.values()].map(({ id, name, pieces, signature }): JsonObject => ({
    functionCall: { ...(id !== '' && { id }), name, args: parseObject(pieces.join('')) ?? {} },
    ...(signature !== undefined && { thoughtSignature: signature }),
  }))
  progress.calls.clear()
  return parts
}

function endCandidate(progress: Progress): JsonObject {
  const { ending, annotations, text, refusal } = progress
  const groundingMetadata = formatGrounding(annotations, text.join(''))
  const logprobsResult = formatLogprobs({ content: progress.logprobs })
  const parts = closeCalls(progress)
  const promptFeedback = ending && formatBlock({ ...ending, refusal })
  if (promptFeedback) return { promptFeedback }
  return {
    content: { role: 'model', parts: parts.length > 0 ? parts : [{ text: '' }] },
    finishReason: toNativeFinishReason(ending?.finish_reason ?? 'stop', ending?.native_finish_reason),
    ...(refusal !== '' && { finishMessage: refusal }),
    ...(groundingMetadata && { groundingMetadata }),
    ...(logprobsResult && { logprobsResult }),
  }
}
