import type { ChatResponse } from '../../src/chat.ts'
import { factsOf } from '../../src/testing/facts-of.ts'
import { isPlausible } from '../../src/testing/is-plausible.ts'
import type { HeardAnswer, SdkClient } from './sdk-client.ts'

/**
 * What a client should hear of an answer, as far as it has words for it. Images and refusals become text where a format
 * has no other words, a refusal may be the reason why an answer ended, and arguments that were cut are lost where they
 * would have to be JSON.
 */
export function expectedOf(response: ChatResponse, heard: HeardAnswer, { finish }: SdkClient): HeardAnswer {
  const { text = '', reasoning, toolCalls = [], finishReason = 'stop' } = factsOf(response)
  const { refusal, images = [] } = response.choices[0]?.message ?? {}
  const words = finish[finishReason]
  const isRight = Boolean(refusal) || words.includes(heard.finishReason)
  return {
    text: images.length > 0 && heard.text.includes(text) ? heard.text : text || (refusal ?? ''),
    ...(heard.reasoning !== undefined && { reasoning }),
    ...(heard.toolCalls && {
      toolCalls: toolCalls.map(({ name, arguments: values }, index) => ({
        name,
        arguments: typeof values === 'string' ? heard.toolCalls?.[index]?.arguments : values,
      })),
    }),
    finishReason: isRight ? heard.finishReason : words.join(' or '),
    usage: expectedUsage(response, heard),
  }
}

function expectedUsage(response: ChatResponse, heard: HeardAnswer): HeardAnswer['usage'] {
  const { usage } = factsOf(response)
  if (!usage || !isPlausible(response)) return heard.usage
  return Object.fromEntries(Object.entries(usage).filter(([field]) => field in heard.usage))
}
