import type { Delta } from '../../chat.ts'
import { numberOf, objectOf, stringOf, type JsonObject } from '../../json.ts'
import { jsonAnswerTool } from '../anthropic-messages/json-answer-tool.ts'
import { formatId } from './format-id.ts'
import { isServerTool } from './is-server-tool.ts'
import { readCitation } from './read-citation.ts'
import { readImage } from './read-image.ts'
import { reasoningFormat } from './reasoning-format.ts'

/** Reads the events of content blocks; `undefined` where an event says nothing to a caller. */
export interface BlockReader {
  start(event: JsonObject): Delta | undefined
  delta(event: JsonObject): Delta | undefined
  stop(event: JsonObject): Delta | undefined
  readonly toolCalls: number
}

/** Blocks of text and reasoning have no start event: their first delta says what they are. */
type Block =
  | { type: 'text'; citations: JsonObject[]; offset: number }
  | { type: 'reasoning'; text: string; signature: string }
  | { type: 'tool'; index: number; hasArguments: boolean }
  | { type: 'json'; hasArguments: boolean }
  | { type: 'server' }

interface Progress {
  readonly format: string
  readonly open: Map<number, Block>
  toolCalls: number
  /** Characters of text so far. */
  length: number
}

/**
 * Turns blocks into deltas. Reasoning text goes out as it comes; when its block closes, `reasoning_details` repeats it
 * whole with its signature, so that a client which only collects can send it back.
 */
export function createBlockReader(model: string): BlockReader {
  const progress: Progress = { format: reasoningFormat(model), open: new Map(), toolCalls: 0, length: 0 }
  return {
    start: (event) => {
      const start = objectOf(event['start'])
      const toolUse = objectOf(start?.['toolUse'])
      if (toolUse) return openTool(toolUse, { index: indexOf(event), progress })
      if (start?.['toolResult']) progress.open.set(indexOf(event), { type: 'server' })
      return undefined
    },
    delta: (event) => readDelta(objectOf(event['delta']) ?? {}, { index: indexOf(event), progress }),
    stop: (event) => {
      const block = progress.open.get(indexOf(event))
      progress.open.delete(indexOf(event))
      return block && closeBlock(block, progress)
    },
    get toolCalls() {
      return progress.toolCalls
    },
  }
}

const indexOf = (event: JsonObject): number => numberOf(event['contentBlockIndex']) ?? 0

interface Place {
  index: number
  progress: Progress
}

function openTool(toolUse: JsonObject, { index, progress }: Place): Delta | undefined {
  const name = stringOf(toolUse['name']) ?? ''
  if (isServerTool(toolUse) || name === jsonAnswerTool) {
    const block: Block = name === jsonAnswerTool ? { type: 'json', hasArguments: false } : { type: 'server' }
    progress.open.set(index, block)
    return undefined
  }
  const call = { index: progress.toolCalls, id: stringOf(toolUse['toolUseId']) ?? '' }
  progress.open.set(index, { type: 'tool', index: progress.toolCalls, hasArguments: false })
  progress.toolCalls += 1
  return { tool_calls: [{ ...call, type: 'function', function: { name, arguments: '' } }] }
}

function readDelta(delta: JsonObject, place: Place): Delta | undefined {
  const { progress, index } = place
  const reasoning = objectOf(delta['reasoningContent'])
  if (reasoning) return readReasoning(reasoning, place)
  const words = stringOf(objectOf(delta['toolUse'])?.['input'])
  if (words !== undefined) return readArguments(words, place)
  const images = readImage(objectOf(delta['image']))
  if (images.length > 0) return { images }
  const block = progress.open.get(index) ?? { type: 'text', citations: [], offset: progress.length }
  progress.open.set(index, block)
  const citation = objectOf(delta['citation'])
  if (citation && block.type === 'text') block.citations.push(citation)
  return textOf(stringOf(delta['text']), progress)
}

function readReasoning(reasoning: JsonObject, { index, progress }: Place): Delta | undefined {
  const data = stringOf(reasoning['redactedContent'])
  if (data !== undefined) return { reasoning_details: [{ type: 'reasoning.encrypted', data, format: formatId }] }
  const known = progress.open.get(index)
  const block = known?.type === 'reasoning' ? known : { type: 'reasoning' as const, text: '', signature: '' }
  progress.open.set(index, block)
  const text = stringOf(reasoning['text'])
  block.text += text ?? ''
  block.signature += stringOf(reasoning['signature']) ?? ''
  return text ? { reasoning_content: text } : undefined
}

function readArguments(words: string, { index, progress }: Place): Delta | undefined {
  const block = progress.open.get(index)
  if (words === '' || (block?.type !== 'tool' && block?.type !== 'json')) return undefined
  block.hasArguments = true
  return block.type === 'json' ? textOf(words, progress) : argumentsOf(block.index, words)
}

function closeBlock(block: Block, progress: Progress): Delta | undefined {
  switch (block.type) {
    case 'text': {
      const range = { start_index: block.offset, end_index: progress.length }
      const annotations = block.citations.map((citation) => readCitation(citation, range))
      return annotations.length > 0 ? { annotations } : undefined
    }
    case 'reasoning': {
      const { text, signature } = block
      const { format } = progress
      return { reasoning_details: [{ type: 'reasoning.text', text, ...(signature && { signature }), format }] }
    }
    case 'tool':
      return block.hasArguments ? undefined : argumentsOf(block.index, '{}')
    case 'json':
      return block.hasArguments ? undefined : textOf('{}', progress)
    case 'server':
      return undefined
  }
}

function textOf(said: string | undefined, progress: Progress): Delta | undefined {
  if (!said) return undefined
  progress.length += said.length
  return { content: said }
}

const argumentsOf = (index: number, words: string): Delta => ({
  tool_calls: [{ index, function: { arguments: words } }],
})
