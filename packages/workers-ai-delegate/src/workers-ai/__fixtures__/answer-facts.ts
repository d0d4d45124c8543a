import type { LanguageModelV4GenerateResult, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import type { CorpusCase } from './corpus.ts'

/** What an answer says, whole or streamed. */
export interface AnswerFacts {
  text: unknown
  reasoning: string
  calls: { name: string; input: unknown }[]
  finish?: string
  tokens?: [number | undefined, number | undefined]
}

type Ending = Pick<LanguageModelV4GenerateResult, 'finishReason' | 'usage'>

/** The facts of a whole answer, as far as the recording tells them. */
export function factsOfResult(
  { content, ...ending }: LanguageModelV4GenerateResult,
  recorded: CorpusCase,
): AnswerFacts {
  const textOf = (type: 'text' | 'reasoning') =>
    content.flatMap((part) => (part.type === type && 'text' in part ? [part.text] : [])).join('')
  const calls = content.flatMap((part) => (part.type === 'tool-call' ? [part] : []))
  const said = { text: textOf('text'), reasoning: textOf('reasoning') }
  return toFacts({ ...said, calls: calls.map(({ toolName, input }) => ({ name: toolName, input })) }, ending, recorded)
}

/** The facts of a streamed answer, as far as the recording tells them. Throws when the stream has no finish. */
export function factsOfParts(parts: readonly LanguageModelV4StreamPart[], recorded: CorpusCase): AnswerFacts {
  const textOf = (type: LanguageModelV4StreamPart['type']) =>
    parts.flatMap((part) => (part.type === type && 'delta' in part ? [part.delta] : [])).join('')
  const calls = parts.flatMap((part) => (part.type === 'tool-call' ? [part] : []))
  const finish = parts.at(-1)
  if (finish?.type !== 'finish') throw new Error('The stream has no finish.')
  const said = { text: textOf('text-delta'), reasoning: textOf('reasoning-delta') }
  return toFacts({ ...said, calls: calls.map(({ toolName, input }) => ({ name: toolName, input })) }, finish, recorded)
}

interface Said {
  text: string
  reasoning: string
  calls: { name: string; input: string }[]
}

function toFacts({ text, reasoning, calls }: Said, { finishReason, usage }: Ending, recorded: CorpusCase): AnswerFacts {
  const { textJson, usage: tokens, finishReason: finish } = recorded.expect
  return {
    text: textJson === undefined ? text : toJson(text),
    reasoning,
    calls: calls.map(({ name, input }) => ({ name, input: toJson(input) })),
    ...(finish?.openai && { finish: finishReason.unified.replace('-', '_') }),
    ...(tokens && { tokens: [usage.inputTokens.total, usage.outputTokens.total] }),
  }
}

/** What somebody else read in the recording; a refusal is the text where there is no other. */
export function recordedFacts({ expect: facts }: CorpusCase): AnswerFacts {
  const { text, refusal = '', textJson, reasoning = '', toolCalls = [], finishReason, usage } = facts
  return {
    text: textJson ?? (text || refusal),
    reasoning,
    calls: toolCalls.map(({ name, arguments: input, argumentsText }) => ({
      name,
      input: input ?? toJson(argumentsText),
    })),
    ...(finishReason?.openai && { finish: finishReason.openai }),
    ...(usage && { tokens: [usage.input, usage.output] }),
  }
}

function toJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text || '{}') ?? {}
  } catch {
    return text
  }
}
