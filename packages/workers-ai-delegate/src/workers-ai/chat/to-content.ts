import type { LanguageModelV4Content } from '@ai-sdk/provider'
import type { Completion, CompletionCall } from './read-completion.ts'
import { readLeakedCalls } from './read-leaked-calls.ts'
import { toSdkToolCallId } from './tool-call-id.ts'

/** A whole answer as content parts. */
export interface AnswerContent {
  content: LanguageModelV4Content[]
  hasCalls: boolean
  /** Calls that stood in the text. */
  leakedCalls: number
}

/** Thoughts, text and calls; where a tool had to be called and the call stands in the text, the call instead of the text. */
export function toContent(
  { reasoning, text, calls }: Completion,
  { forcedTools, createId }: { forcedTools: ReadonlySet<string>; createId: () => string },
): AnswerContent {
  const leaked: CompletionCall[] = calls.length > 0 ? [] : readLeakedCalls(text, forcedTools)
  const content: LanguageModelV4Content[] = []
  if (reasoning !== '') content.push({ type: 'reasoning', text: reasoning })
  if (text !== '' && leaked.length === 0) content.push({ type: 'text', text })
  for (const call of [...calls, ...leaked]) {
    const toolCallId = toSdkToolCallId(call.id, createId)
    content.push({ type: 'tool-call', toolCallId, toolName: call.name, input: call.input })
  }
  return { content, hasCalls: calls.length + leaked.length > 0, leakedCalls: leaked.length }
}
