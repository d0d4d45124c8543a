import type { Delta } from '../../chat.ts'
import { numberOf, objectOf, stringOf, type JsonObject } from '../../json.ts'
import { formatId } from './format-id.ts'
import { jsonAnswerTool } from './json-answer-tool.ts'
import { readCitation } from './read-citation.ts'

/** Reads the events of content blocks; `undefined` where an event says nothing to a caller. */
export interface BlockReader {
  start(event: JsonObject): Delta | undefined
  delta(event: JsonObject): Delta | undefined
  stop(event: JsonObject): Delta | undefined
  readonly toolCalls: number
}

type Block =
  | { type: 'text'; citations: JsonObject[]; offset: number }
  | { type: 'thinking'; pieces: string[]; signature: string }
  | { type: 'tool'; index: number; input: JsonObject; hasArguments: boolean }
  | { type: 'json'; input: JsonObject; hasArguments: boolean }

interface Progress {
  toolCalls: number
  /** Characters of text so far. */
  length: number
}

/**
 * Turns blocks into deltas. Reasoning text goes out as it comes; when its block closes, `reasoning_details` repeats it
 * whole with its signature, so that a client which only collects can send it back. Citations go out with their block's
 * end, when the range of text that they stand for is known.
 */
export function createBlockReader(): BlockReader {
  const open = new Map<number, Block>()
  const progress: Progress = { toolCalls: 0, length: 0 }

  return {
    start: (event) => {
      const stated = objectOf(event['content_block']) ?? {}
      const { block, delta } = openBlock(stated, progress)
      if (block) open.set(numberOf(event['index']) ?? 0, block)
      return delta
    },
    delta: (event) => {
      const block = open.get(numberOf(event['index']) ?? 0)
      return block && continueBlock(block, { said: objectOf(event['delta']) ?? {}, progress })
    },
    stop: (event) => {
      const index = numberOf(event['index']) ?? 0
      const block = open.get(index)
      open.delete(index)
      return block && closeBlock(block, progress)
    },
    get toolCalls() {
      return progress.toolCalls
    },
  }
}

interface Opened {
  block?: Block
  delta?: Delta | undefined
}

function openBlock(stated: JsonObject, progress: Progress): Opened {
  switch (stated['type']) {
    case 'text': {
      const block: Block = { type: 'text', citations: [], offset: progress.length }
      return { block, delta: textOf(stringOf(stated['text']), progress) }
    }
    case 'thinking': {
      const thought = stringOf(stated['thinking'])
      const pieces = thought ? [thought] : []
      const block: Block = { type: 'thinking', pieces, signature: stringOf(stated['signature']) ?? '' }
      return { block, delta: thought ? { reasoning_content: thought } : undefined }
    }
    case 'redacted_thinking': {
      const detail = { type: 'reasoning.encrypted', data: stringOf(stated['data']) ?? '', format: formatId } as const
      return { delta: { reasoning_details: [detail] } }
    }
    case 'tool_use':
      return openToolUse(stated, progress)
    default:
      return {}
  }
}

function openToolUse(stated: JsonObject, progress: Progress): Opened {
  const name = stringOf(stated['name']) ?? ''
  const input = objectOf(stated['input']) ?? {}
  if (name === jsonAnswerTool) return { block: { type: 'json', input, hasArguments: false } }
  const index = progress.toolCalls
  progress.toolCalls += 1
  const call = { index, id: stringOf(stated['id']) ?? '', type: 'function', function: { name, arguments: '' } } as const
  return { block: { type: 'tool', index, input, hasArguments: false }, delta: { tool_calls: [call] } }
}

function continueBlock(block: Block, { said, progress }: { said: JsonObject; progress: Progress }): Delta | undefined {
  switch (block.type) {
    case 'text': {
      const citation = objectOf(said['citation'])
      if (citation) block.citations.push(citation)
      return textOf(stringOf(said['text']), progress)
    }
    case 'thinking': {
      const thought = stringOf(said['thinking'])
      block.signature += stringOf(said['signature']) ?? ''
      if (!thought) return undefined
      block.pieces.push(thought)
      return { reasoning_content: thought }
    }
    default: {
      const words = stringOf(said['partial_json'])
      if (!words) return undefined
      block.hasArguments = true
      return block.type === 'json' ? textOf(words, progress) : argumentsOf(block.index, words)
    }
  }
}

function closeBlock(block: Block, progress: Progress): Delta | undefined {
  switch (block.type) {
    case 'text': {
      const range = { start_index: block.offset, end_index: progress.length }
      const annotations = block.citations.map((citation) => readCitation(citation, range))
      return annotations.length > 0 ? { annotations } : undefined
    }
    case 'thinking': {
      const { pieces, signature } = block
      const detail = { text: pieces.join(''), ...(signature && { signature }), format: formatId }
      return { reasoning_details: [{ type: 'reasoning.text', ...detail }] }
    }
    default: {
      if (block.hasArguments) return undefined
      const whole = JSON.stringify(block.input)
      return block.type === 'json' ? textOf(whole, progress) : argumentsOf(block.index, whole)
    }
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
