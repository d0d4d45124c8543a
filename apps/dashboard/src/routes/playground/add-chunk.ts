import { z } from '../../api/zod.ts'
import type { Answer } from './answer.ts'
import type { ToolCall } from './turn.ts'

const text = z.string().nullish()
const chunkSchema = z.object({
  choices: z
    .array(
      z.object({
        index: z.number().default(0),
        delta: z
          .object({
            content: text,
            refusal: text,
            reasoning_content: text,
            reasoning: text,
            tool_calls: z
              .array(
                z.object({
                  index: z.number(),
                  id: text,
                  function: z.object({ name: text, arguments: text }).nullish(),
                }),
              )
              .nullish(),
          })
          .nullish(),
        finish_reason: text,
      }),
    )
    .nullish(),
  usage: z
    .object({
      prompt_tokens: z.number().nullish(),
      completion_tokens: z.number().nullish(),
      cost: z.number().nullish(),
    })
    .nullish(),
  error: z.object({ message: z.string() }).nullish(),
})

type Chunk = z.output<typeof chunkSchema>
type CallDelta = NonNullable<NonNullable<NonNullable<Chunk['choices']>[number]['delta']>['tool_calls']>[number]

/** What an answer is after the next event of its stream; what cannot be read changes nothing. */
export function addChunk(answer: Answer, value: unknown): Answer {
  const parsed = chunkSchema.safeParse(value)
  if (!parsed.success) return answer
  const { choices, usage, error } = parsed.data
  const choice = choices?.find(({ index }) => index === 0)
  const { content, refusal, reasoning_content, reasoning, tool_calls } = choice?.delta ?? {}
  return {
    ...answer,
    text: answer.text + (content ?? refusal ?? ''),
    thinking: answer.thinking + (reasoning_content ?? reasoning ?? ''),
    toolCalls: (tool_calls ?? []).reduce(addCall, answer.toolCalls),
    finish: choice?.finish_reason ?? answer.finish,
    inputTokens: usage?.prompt_tokens ?? answer.inputTokens,
    outputTokens: usage?.completion_tokens ?? answer.outputTokens,
    cost: usage?.cost ?? answer.cost,
    ...(error && { state: 'failed', error: error.message }),
  }
}

function addCall(calls: readonly ToolCall[], { index, id, function: called }: CallDelta): readonly ToolCall[] {
  const before = calls[index] ?? { id: '', name: '', arguments: '' }
  const after = {
    id: id ?? before.id,
    name: before.name + (called?.name ?? ''),
    arguments: before.arguments + (called?.arguments ?? ''),
  }
  return index < calls.length ? calls.with(index, after) : [...calls, after]
}
