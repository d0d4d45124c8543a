import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { generateText, streamText } from 'ai'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { chatCompletion, chatStream } from './__fixtures__/answers.ts'
import { createFakeGateway, type Sent } from './__fixtures__/fake-gateway.ts'
import { createAiGateway } from './index.ts'

const openai = createOpenAI({ apiKey: 'sk-openai' })
const anthropic = createAnthropic({ apiKey: 'sk-anthropic' })

/** The question in a chat request, which the fake gateway repeats. */
function questionOf({ entries }: Sent): string {
  return JSON.stringify(entries[0]?.query['messages']).match(/question-\d+/)?.[0] ?? 'none'
}

/** Lets other work go first, a number of times. */
async function yieldTimes(times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) await Promise.resolve()
}

test('a thousand calls on one model at once each get their own answer', async () => {
  const fake = createFakeGateway(async (sent) => {
    const question = questionOf(sent)
    await yieldTimes((Number(question.slice(9)) * 7919) % 97)
    return Response.json(chatCompletion('m', question))
  })
  const gateway = createAiGateway({ accountId: 'acc', gateway: 'gw', fetch: fake.fetch })
  const model = gateway([openai.chat('gpt-5'), anthropic('claude')])
  const questions = Array.from({ length: 1000 }, (_, index) => `question-${index}`)
  const results = await Promise.all(questions.map((prompt) => generateText({ model, prompt })))
  expect(results.map(({ text }) => text)).toEqual(questions)
})

test('whatever the order of answers, no call sees another’s, streamed or not, failed or not', async () => {
  const call = fc.record({ delay: fc.nat(40), stream: fc.boolean(), fails: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 2, maxLength: 30 }), async (calls) => {
      const fake = createFakeGateway(async (sent) => {
        const question = questionOf(sent)
        const planned = calls[Number(question.slice(9))]
        await yieldTimes(planned?.delay ?? 0)
        if (planned?.fails) return Response.json({ error: { message: question } }, { status: 400 })
        return planned?.stream ? chatStream([question]) : Response.json(chatCompletion('m', question))
      })
      const gateway = createAiGateway({ accountId: 'acc', gateway: 'gw', fetch: fake.fetch })
      const model = gateway(openai.chat('gpt-5'))
      const answers = await Promise.all(
        calls.map(async ({ stream }, index) => {
          const prompt = `question-${index}`
          try {
            if (!stream) return (await generateText({ model, prompt, maxRetries: 0 })).text
            const { fullStream } = streamText({ model, prompt, maxRetries: 0, onError: () => undefined })
            let text = ''
            for await (const part of fullStream) {
              if (part.type === 'text-delta') text += part.text
              if (part.type === 'error') throw part.error
            }
            return text
          } catch (error) {
            return error instanceof Error ? error.message : ''
          }
        }),
      )
      expect(answers).toEqual(calls.map((_, index) => `question-${index}`))
    }),
    { numRuns: 50 },
  )
})
