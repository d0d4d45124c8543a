import type { ChunkChoice, Delta, FinishReason, ImagePart, ReasoningDetail, ToolCallDelta } from '../../chat.ts'
import { objectOf, objectsOf, stringOf, type JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'
import { applyPartialArg } from './apply-partial-arg.ts'
import { formatId } from './format-id.ts'
import { readAnnotations } from './read-annotations.ts'
import { readFinishReason } from './read-finish-reason.ts'
import { readLogprobs } from './read-logprobs.ts'
import { toFinishReason } from './to-finish-reason.ts'

/** How a candidate ended. */
export interface Ending {
  /** What can only be said at the end: reasoning with its signatures, citations, arguments left open. */
  delta: Delta
  logprobs?: { content: JsonObject[] }
  finish_reason: FinishReason
  native_finish_reason?: string
}

/** Reads one candidate, in one piece or as it streams. */
export interface CandidateReader {
  /** What this piece says; `undefined` when it says nothing to a caller. */
  read(candidate: JsonObject): Delta | undefined
  end(): Ending
  readonly ended: boolean
}

interface Progress {
  readonly context: WireContext
  readonly text: string[]
  readonly thoughts: string[]
  readonly logprobs: JsonObject[]
  /** Signatures of parts that are neither thought nor call. */
  readonly signatures: string[]
  thoughtSignature?: string
  toolCalls: number
  /** A call whose arguments are still coming. */
  open?: { index: number; args: JsonObject }
  native?: string
  message?: string
  /** The last metadata, which replace those before. */
  metadata: JsonObject
}

export function createCandidateReader(context: WireContext): CandidateReader {
  const progress: Progress = {
    context,
    text: [],
    thoughts: [],
    logprobs: [],
    signatures: [],
    toolCalls: 0,
    metadata: {},
  }
  return {
    read: (candidate) => readCandidate(candidate, progress),
    end: () => endCandidate(progress),
    get ended() {
      return progress.native !== undefined
    },
  }
}

function readCandidate(candidate: JsonObject, progress: Progress): Delta | undefined {
  const { groundingMetadata, citationMetadata } = candidate
  if (objectOf(groundingMetadata)?.['groundingChunks']) progress.metadata = { ...progress.metadata, groundingMetadata }
  if (citationMetadata) progress.metadata = { ...progress.metadata, citationMetadata }
  const native = readFinishReason(candidate['finishReason'])
  const message = stringOf(candidate['finishMessage'])
  if (native !== undefined) progress.native = native
  if (message !== undefined) progress.message = message
  progress.logprobs.push(...readLogprobs(candidate))
  const pieces = objectsOf(objectOf(candidate['content'])?.['parts']).map((part) => readPart(part, progress))
  return pieces.reduce<Delta | undefined>(merge, undefined)
}

function merge(known: Delta | undefined, piece: Delta | undefined): Delta | undefined {
  if (known === undefined || piece === undefined) return known ?? piece
  const calls = [...(known.tool_calls ?? []), ...(piece.tool_calls ?? [])]
  const images = [...(known.images ?? []), ...(piece.images ?? [])]
  const content = (known.content ?? '') + (piece.content ?? '')
  const reasoning = (known.reasoning_content ?? '') + (piece.reasoning_content ?? '')
  return {
    ...known,
    ...piece,
    ...(content !== '' && { content }),
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(images.length > 0 && { images }),
  }
}

function readPart(part: JsonObject, progress: Progress): Delta | undefined {
  const signature = stringOf(part['thoughtSignature'])
  const text = stringOf(part['text'])
  const call = objectOf(part['functionCall'])
  const inline = objectOf(part['inlineData'])
  if (call) {
    const calls = readCall(call, { signature, progress })
    return calls.length > 0 ? { tool_calls: calls } : undefined
  }
  if (part['thought'] === true) {
    if (signature !== undefined) progress.thoughtSignature = signature
    if (!text) return undefined
    progress.thoughts.push(text)
    return { reasoning_content: text }
  }
  const isServerTool = text === undefined && !inline && Object.keys(part).some((field) => field !== 'thoughtSignature')
  if (signature !== undefined && !isServerTool) progress.signatures.push(signature)
  if (inline) return readMedia(inline, progress)
  if (!text) return undefined
  progress.text.push(text)
  return { content: text }
}

function readMedia(inline: JsonObject, { context }: Progress): Delta | undefined {
  const mediaType = stringOf(inline['mimeType']) ?? 'application/octet-stream'
  const data = stringOf(inline['data']) ?? ''
  if (mediaType.startsWith('audio/')) {
    return { audio: { id: `audio_${context.createId()}`, data, transcript: '', mime_type: mediaType } }
  }
  const image: ImagePart = { type: 'image_url', image_url: { url: `data:${mediaType};base64,${data}` } }
  return { images: [image] }
}

interface CallContext {
  signature: string | undefined
  progress: Progress
}

/** A call comes whole, or as a name, pieces of arguments and an end. */
function readCall(call: JsonObject, { signature, progress }: CallContext): ToolCallDelta[] {
  const name = stringOf(call['name'])
  const goesOn = call['willContinue'] === true
  const closed = name === undefined ? [] : closeCall(progress)
  if (name === undefined) {
    for (const piece of objectsOf(call['partialArgs'])) if (progress.open) applyPartialArg(progress.open.args, piece)
    return goesOn ? [] : closeCall(progress)
  }
  const index = progress.toolCalls
  progress.toolCalls += 1
  const args = { ...objectOf(call['args']) }
  for (const piece of objectsOf(call['partialArgs'])) applyPartialArg(args, piece)
  if (goesOn) progress.open = { index, args }
  const started: ToolCallDelta = {
    index,
    id: stringOf(call['id']) || `call_${progress.context.createId()}`,
    type: 'function',
    function: { name, arguments: goesOn ? '' : JSON.stringify(args) },
    ...(signature !== undefined && { extra_content: { google: { thought_signature: signature } } }),
  }
  return [...closed, started]
}

function closeCall(progress: Progress): ToolCallDelta[] {
  const { open } = progress
  if (open === undefined) return []
  delete progress.open
  return [{ index: open.index, function: { arguments: JSON.stringify(open.args) } }]
}

function endCandidate(progress: Progress): Ending {
  const { native, message, logprobs } = progress
  const details = readDetails(progress)
  const annotations = readAnnotations(progress.metadata, progress.text.join(''))
  const calls = closeCall(progress)
  const reason = toFinishReason(native, progress.toolCalls > 0)
  return {
    delta: {
      ...(details.length > 0 && { reasoning_details: details }),
      ...(annotations.length > 0 && { annotations }),
      ...(calls.length > 0 && { tool_calls: calls }),
      ...(message !== undefined && reason === 'content_filter' && { refusal: message }),
    },
    ...(logprobs.length > 0 && { logprobs: { content: logprobs } }),
    finish_reason: reason,
    ...(native !== undefined && { native_finish_reason: native }),
  } satisfies Omit<ChunkChoice, 'index' | 'logprobs'>
}

function readDetails({ thoughts, thoughtSignature, signatures }: Progress): ReasoningDetail[] {
  const hasThought = thoughts.length > 0 || thoughtSignature !== undefined
  const signed = thoughtSignature === undefined ? {} : { signature: thoughtSignature }
  const thought: ReasoningDetail = { type: 'reasoning.text', text: thoughts.join(''), ...signed, format: formatId }
  const others = signatures.map((data): ReasoningDetail => ({ type: 'reasoning.encrypted', data, format: formatId }))
  return [...(hasThought ? [thought] : []), ...others]
}
