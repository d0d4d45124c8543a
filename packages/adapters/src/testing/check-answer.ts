import type { ChatResponse, Choice } from '../chat.ts'
import { parseObject } from '../json.ts'
import { toUsage } from '../usage.ts'

/** Holds an answer to the rules of the canonical form. @throws Error naming the rule that is broken. */
export function checkAnswer(response: ChatResponse): void {
  if (response.id === '') throw new Error('The answer has no id.')
  if (response.choices.length === 0) throw new Error('The answer has no choices.')
  for (const choice of response.choices) checkChoice(choice)
  checkUsage(response)
}

function checkChoice({ index, message, finish_reason }: Choice): void {
  const calls = message.tool_calls ?? []
  for (const { id, function: called } of calls) {
    if (id === '' || called.name === '') throw new Error(`A tool call of choice ${index} has no id or no name.`)
  }
  const isWhole = finish_reason !== 'length' && finish_reason !== 'content_filter'
  for (const { function: called } of isWhole ? calls : []) {
    if (parseObject(called.arguments) === undefined) {
      throw new Error(`The arguments of \`${called.name}\` are no JSON object: ${called.arguments}`)
    }
  }
  if (calls.length > 0 && finish_reason === 'stop') {
    throw new Error('An answer with tool calls finishes with `tool_calls`.')
  }
}

function checkUsage({ usage }: ChatResponse): void {
  if (usage === undefined) return
  const { completion_tokens: completion, total_tokens: total, completion_tokens_details: details } = usage
  const reasoning = details?.reasoning_tokens ?? 0
  const sum = Object.values(toUsage(usage)).reduce((counted, tokens) => counted + tokens, 0)
  const expected = reasoning > completion && sum !== total ? total + reasoning : total
  if (sum !== expected) throw new Error(`Usage does not add up: its classes have ${sum} tokens, the total ${total}.`)
}
