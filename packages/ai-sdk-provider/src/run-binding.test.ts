import type { EmbeddingModelV4, LanguageModelV4 } from '@ai-sdk/provider'
import { embed, generateText } from 'ai'
import { describe, expect, test, vi } from 'vitest'
import { createFakeGateway, type Answerer } from './__fixtures__/fake-gateway.ts'
import { AiGatewayError, createAiGateway } from './index.ts'
import { isObject } from './is-object.ts'

type Run = (model: string, inputs: object, options?: object) => Promise<unknown>

/** A model as `workers-ai-provider` makes them: no `fetch`, but a binding that it runs on. */
class WorkersChatModel implements Pick<LanguageModelV4, 'specificationVersion' | 'provider' | 'modelId'> {
  readonly specificationVersion = 'v4'
  readonly provider = 'workersai.chat'
  readonly modelId = '@cf/meta/llama'
  readonly supportedUrls = {}
  readonly config: { binding: { run: Run }; isBinding: boolean }

  constructor(run: Run) {
    this.config = { binding: { run }, isBinding: true }
  }

  async doGenerate(
    options: Parameters<LanguageModelV4['doGenerate']>[0],
  ): Promise<Awaited<ReturnType<LanguageModelV4['doGenerate']>>> {
    const inputs = { messages: [{ role: 'user', content: 'hi' }] }
    const output = await this.config.binding.run(this.modelId, inputs, { signal: options.abortSignal })
    return {
      content: [{ type: 'text', text: isObject(output) ? String(output['response']) : 'nothing' }],
      finishReason: { unified: 'stop', raw: 'stop' },
      usage: {
        inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
        outputTokens: { total: 1, text: 1, reasoning: 0 },
      },
      warnings: [],
    }
  }

  async doStream(_: object): Promise<Awaited<ReturnType<LanguageModelV4['doStream']>>> {
    const body = await this.config.binding.run(this.modelId, { stream: true })
    if (!(body instanceof ReadableStream)) throw new TypeError('no stream')
    return { stream: body }
  }
}

class WorkersEmbeddingModel implements EmbeddingModelV4 {
  readonly specificationVersion = 'v4'
  readonly provider = 'workersai.embedding'
  readonly modelId = '@cf/bge'
  readonly maxEmbeddingsPerCall = 10
  readonly supportsParallelCalls = true
  readonly config: { binding: { run: Run; gateway: () => void } }

  constructor(run: Run) {
    this.config = { binding: { run, gateway: () => undefined } }
  }

  async doEmbed({
    values,
  }: Parameters<EmbeddingModelV4['doEmbed']>[0]): Promise<Awaited<ReturnType<EmbeddingModelV4['doEmbed']>>> {
    const output = await this.config.binding.run(this.modelId, { text: values })
    const vectors = isObject(output) && Array.isArray(output['data']) ? output['data'] : []
    return { embeddings: vectors, warnings: [] }
  }
}

const result = (value: unknown) => Response.json({ result: value, success: true, errors: [], messages: [] })

function setUp(answer: Answerer) {
  const fake = createFakeGateway(answer)
  return { fake, gateway: createAiGateway({ accountId: 'acc', gateway: 'gw', fetch: fake.fetch }), run: vi.fn<Run>() }
}

describe('models of a Workers AI binding', () => {
  test('answer through the gateway, not through their binding', async () => {
    const { fake, gateway, run } = setUp(() => result({ response: 'Hello' }))
    const { text } = await generateText({ model: gateway(new WorkersChatModel(run)), prompt: 'hi' })
    expect(text).toBe('Hello')
    expect(run).not.toHaveBeenCalled()
    expect(fake.entries()).toMatchObject([
      {
        provider: 'workers-ai',
        endpoint: 'run/@cf/meta/llama',
        query: { messages: [{ role: 'user', content: 'hi' }] },
      },
    ])
  })

  test('embed too', async () => {
    const { gateway, run } = setUp(() => result({ data: [[1, 2]] }))
    const { embedding } = await embed({ model: gateway.embeddingModel(new WorkersEmbeddingModel(run)), value: 'x' })
    expect(embedding).toEqual([1, 2])
    expect(run).not.toHaveBeenCalled()
  })

  test('get streams as streams', async () => {
    const { gateway, run } = setUp(
      () => new Response('data: {}\n\n', { headers: { 'content-type': 'text/event-stream' } }),
    )
    const { stream } = await gateway(new WorkersChatModel(run)).doStream({ prompt: [] })
    expect((await stream.getReader().read()).done).toBe(false)
  })

  test('that fail on the way can be tried again', async () => {
    const { gateway, run } = setUp(() => new Response('<html>secret</html>', { status: 502 }))
    const error: unknown = await gateway(new WorkersChatModel(run))
      .doGenerate({ prompt: [] })
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'AI_APICallError', statusCode: 502, isRetryable: true })
    expect(error instanceof Error && error.message).toBe('Workers AI answered @cf/meta/llama with status 502.')
  })

  test('have their errors named', async () => {
    const body = { success: false, errors: [{ code: 5007, message: 'No such model' }] }
    const { gateway, run } = setUp(() => Response.json(body, { status: 400 }))
    const call = gateway(new WorkersChatModel(run)).doGenerate({ prompt: [] })
    await expect(call).rejects.toSatisfy(
      (error) => error instanceof AiGatewayError && error.code === 5007 && error.message === 'No such model',
    )
  })
})
