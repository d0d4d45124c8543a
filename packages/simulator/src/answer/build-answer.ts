import type { Ask } from '../ask.ts'
import { hash, idFrom } from '../hash.ts'
import { countCall, countWords } from '../usage.ts'
import { fillerWords } from './filler-words.ts'
import { fromSchema } from './from-schema.ts'
import { hasMarker, markedTools, wordsMarker } from './markers.ts'

export interface ToolCall {
  /** Letters and digits only; formats add their own prefix. */
  id: string
  name: string
  input: unknown
  /** `input` as compact JSON. */
  argumentsText: string
}

export interface Answer {
  reasoning: string
  text: string
  /** The text in pieces of one token each; for the `huge` fault, generated as it is read. */
  pieces(): Iterable<string>
  calls: ToolCall[]
  finish: 'stop' | 'stop-sequence' | 'length' | 'tool-calls' | 'refusal'
  stopSequence?: string
  isCited: boolean
  outputTokens: number
  reasoningTokens: number
}

/** What the text of a refusal is, in every format. */
const refusalText = "I can't help with that."

interface Variation {
  seed: number
  /** Which of several choices this is, from 0. */
  index: number
  /** Exact number of words, from the model name. */
  words?: number | undefined
}

/** The one answer that this request gets: from its markers, its tools, its schema, else an echo. */
export function buildAnswer(ask: Ask, variation: Variation): Answer {
  const reasoning = reason(ask)
  const room = Math.max(0, ask.maxTokens - reasoning.reasoningTokens)
  const base = { ...reasoning, isCited: false }
  if (hasMarker(ask.userText, 'refuse'))
    return { ...base, ...limit(refusalText, { ...ask, maxTokens: room }), finish: 'refusal' }

  const calls = toolCalls(ask, variation)
  if (calls.length > 0) return { ...base, ...callAnswer(calls, room) }

  const isCited = hasMarker(ask.userText, 'cite')
  return { ...base, ...limit(words(ask, variation), { ...ask, maxTokens: room }), isCited }
}

function reason({ reasoning, userText, maxTokens }: Ask): Pick<Answer, 'reasoning' | 'reasoningTokens'> {
  if (reasoning.visibility === 'none') return { reasoning: '', reasoningTokens: 0 }
  if (reasoning.hiddenTokens !== undefined) {
    return { reasoning: '', reasoningTokens: Math.min(reasoning.hiddenTokens, maxTokens) }
  }
  const pieces = tokens(`Thinking about: ${userText}`).slice(0, maxTokens)
  return { reasoning: pieces.join(''), reasoningTokens: pieces.length }
}

function words(ask: Ask, variation: Variation): string {
  const text = plainText(ask) + (variation.index > 0 ? ` (choice ${variation.index + 1})` : '')
  const wanted = variation.words ?? wordsMarker(ask.userText)
  if (wanted === undefined || ask.schema !== undefined) return text
  const own = tokens(text).slice(0, wanted)
  return own.join('') + fillerWords(variation.seed, wanted - own.length)
}

function plainText(ask: Ask): string {
  if (ask.schema !== undefined) return spacedJson(fromSchema(ask.schema))
  if (ask.toolResults.length > 0) return `The tool said: ${ask.toolResults.join('; ')}`
  const said = `You said: ${ask.userText}`.trim()
  return ask.attachments.length === 0 ? said : `${said} (${attached(ask.attachments)})`
}

function attached(mediaTypes: string[]): string {
  const images = mediaTypes.filter((type) => type.startsWith('image'))
  const others = mediaTypes.filter((type) => !type.startsWith('image'))
  const listed = (name: string, types: string[]): string[] =>
    types.length === 0 ? [] : [`${types.length} ${name}${types.length === 1 ? '' : 's'}: ${types.join(', ')}`]
  return [...listed('image', images), ...listed('file', others)].join('; ')
}

/** JSON on one line with a space between its parts, so that it streams in several tokens. */
function spacedJson(value: unknown): string {
  return JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, ' ')
}

function limit(text: string, { stops, maxTokens }: Pick<Ask, 'stops' | 'maxTokens'>) {
  const stop = firstStop(text, stops)
  const pieces = tokens(stop === undefined ? text : text.slice(0, stop.at))
  const kept = pieces.slice(0, maxTokens)
  const isCut = kept.length < pieces.length || maxTokens === 0
  const ending = stop === undefined || isCut ? {} : { stopSequence: stop.sequence }
  return {
    ...ending,
    text: kept.join(''),
    pieces: () => kept,
    calls: [],
    finish: finishOf(isCut, stop !== undefined),
    outputTokens: kept.length,
  }
}

function finishOf(isCut: boolean, isStopped: boolean): Answer['finish'] {
  if (isCut) return 'length'
  return isStopped ? 'stop-sequence' : 'stop'
}

function firstStop(text: string, stops: string[]): { at: number; sequence: string } | undefined {
  const found = stops.map((sequence) => ({ sequence, at: text.indexOf(sequence) })).filter(({ at }) => at >= 0)
  return found.sort((a, b) => a.at - b.at)[0]
}

function callAnswer(calls: ToolCall[], room: number) {
  const outputTokens = calls.reduce((sum, call) => sum + countCall(call.name, call.argumentsText), 0)
  const nothing: string[] = []
  const fits = outputTokens <= room
  const finish: Answer['finish'] = fits ? 'tool-calls' : 'length'
  return {
    text: '',
    pieces: () => nothing,
    calls: fits ? calls : [],
    finish,
    outputTokens: Math.min(outputTokens, room),
  }
}

function toolCalls(ask: Ask, { seed, index }: Variation): ToolCall[] {
  return chosenTools(ask).map((tool, position) => {
    const input = fromSchema(isEmpty(tool.schema) ? { type: 'object' } : tool.schema)
    const id = idFrom(hash(`${tool.name}/${position}/${index}`, seed), 24)
    return { id, name: tool.name, input, argumentsText: JSON.stringify(input) }
  })
}

function chosenTools(ask: Ask): Ask['tools'] {
  if (ask.toolChoice === 'none' || ask.tools.length === 0) return []
  const allowed = ask.tools.filter((tool) => ask.allowedTools.length === 0 || ask.allowedTools.includes(tool.name))
  const marked = ask.toolResults.length > 0 ? [] : markedTools(ask.userText, allowed)
  const chosen = marked.length === 0 && ask.toolChoice === 'required' ? allowed.slice(0, 1) : marked
  return ask.parallelTools ? chosen : chosen.slice(0, 1)
}

function isEmpty(schema: unknown): boolean {
  return schema === undefined || schema === null
}

/** Splits a text into tokens: a word with the white space before it. */
export function tokens(text: string): string[] {
  return countWords(text) === 0 ? [] : (text.match(/\s*\S+/g) ?? [])
}
