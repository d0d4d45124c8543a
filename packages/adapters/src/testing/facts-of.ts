import type { ChatResponse } from '../chat.ts'
import { parseObject } from '../json.ts'
import type { FixtureExpectation } from './provider-fixture.ts'

type Facts = Omit<FixtureExpectation, 'error'>

/** The facts of the first choice under the names of a fixture's expectation. */
export function factsOf({ choices, usage }: ChatResponse): Facts {
  const [choice] = choices
  const { content = '', reasoning_content, tool_calls = [] } = choice?.message ?? {}
  return {
    text: Array.isArray(content) ? content.map(({ text }) => text).join('') : (content ?? ''),
    reasoning: reasoning_content ?? '',
    toolCalls: tool_calls.map(({ function: { name, arguments: words } }) => ({
      name,
      arguments: parseObject(words) ?? words,
    })),
    ...(choice && { finishReason: choice.finish_reason }),
    ...(usage && {
      usage: {
        input: usage.prompt_tokens,
        output: usage.completion_tokens,
        cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
        cacheWrite: usage.prompt_tokens_details?.cache_write_tokens ?? 0,
        reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0,
      },
    }),
  }
}

/** Of some facts, those that an expectation states. */
export function statedOf({ usage, ...facts }: Facts, expected: FixtureExpectation): object {
  const counts = expected.usage && usage && pick(usage, expected.usage)
  return { ...pick(facts, expected), ...(expected.usage && { usage: counts }) }
}

function pick(values: object, like: object): object {
  return Object.fromEntries(Object.entries(values).filter(([field]) => field in like))
}
