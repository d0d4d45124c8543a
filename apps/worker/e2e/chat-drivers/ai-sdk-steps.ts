import { APICallError } from 'ai'
import type { Failed, Told } from './chat-driver.ts'

/** What AI SDK 6 and 7 both say of a step. */
interface Step {
  text: string
  reasoningText: string | undefined
  finishReason: string
  usage: {
    inputTokens: number | undefined
    outputTokens: number | undefined
    outputTokenDetails: { reasoningTokens: number | undefined }
  }
  toolCalls: readonly { toolCallId: string; toolName: string; input: unknown }[]
}

export function toTold(
  { text, reasoningText = '', toolCalls, finishReason, usage }: Step,
  pieces: Told['pieces'],
): Told {
  return {
    text,
    pieces,
    reasoning: reasoningText,
    calls: toolCalls.map(({ toolCallId: id, toolName: name, input }) => ({ id, name, input })),
    finish: finishReason,
    usage: {
      input: usage.inputTokens,
      output: usage.outputTokens,
      reasoning: usage.outputTokenDetails.reasoningTokens,
    },
  }
}

export function last(told: Told[]): Told {
  const end = told.at(-1)
  if (!end) throw new Error('The SDK made no step.')
  return end
}

export function firstAndLast([first, ...others]: Told[]): { first: Told; last: Told } {
  if (!first) throw new Error('The SDK made no step.')
  return { first, last: last(others) }
}

export function toFailed(error: unknown): Failed {
  if (!APICallError.isInstance(error)) throw new Error('The request did not fail as an APICallError.', { cause: error })
  const { statusCode, responseHeaders, message } = error
  // Also of a class of its own, it is what the AI SDK knows.
  return { errorClass: 'AI_APICallError', status: statusCode, retryAfter: responseHeaders?.['retry-after'], message }
}
