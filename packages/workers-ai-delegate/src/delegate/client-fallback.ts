import type { LanguageModelV4 } from '@ai-sdk/provider'
import { WorkersAIFallbackError, type FallbackAttempt } from '../errors/workers-ai-fallback-error.ts'
import { WorkersAIGatewayError } from '../errors/workers-ai-gateway-error.ts'
import { isAbortError } from '../workers-ai/run/is-abort-error.ts'
import { intersectUrls } from './intersect-urls.ts'
import type { Transport } from './delegate-options.ts'

/** One model of a chain. */
export interface FallbackLeg {
  slug: string
  model: LanguageModelV4
  transport: Transport
}

/**
 * A model that asks the next of the chain when one refuses. It stops where another model could not do better: when the
 * caller has given up, and when the request itself is wrong. What fails after a stream has begun stays as it is.
 *
 * Throws at once for an empty chain. Calls fail with a `WorkersAIFallbackError`, cancellations with their own reason.
 */
export function createClientFallbackModel(legs: FallbackLeg[]): LanguageModelV4 {
  const [first] = legs
  if (first === undefined) throw new TypeError('createClientFallbackModel requires at least one model leg.')

  const attempt = async <T>(
    signal: AbortSignal | undefined,
    call: (model: LanguageModelV4) => PromiseLike<T>,
  ): Promise<T> => {
    const attempts: FallbackAttempt[] = []
    for (const { slug, model, transport } of legs) {
      signal?.throwIfAborted()
      try {
        return await call(model)
      } catch (thrown) {
        if (isAbortError(thrown) || signal?.aborted) throw thrown
        const error = WorkersAIGatewayError.fromUnknown(thrown)
        attempts.push({ model: slug, transport, ok: false, status: error.status, error })
        if (isFinal(error)) throw new WorkersAIFallbackError(attempts, `${slug} refused the request: ${error.message}`)
      }
    }
    throw new WorkersAIFallbackError(attempts)
  }

  return {
    specificationVersion: 'v4',
    provider: first.model.provider,
    modelId: first.model.modelId,
    get supportedUrls() {
      return intersectUrls(legs.map(({ model }) => model))
    },
    doGenerate: (options) => attempt(options.abortSignal, (model) => model.doGenerate(options)),
    doStream: (options) => attempt(options.abortSignal, (model) => model.doStream(options)),
  }
}

/** A wrong request stays wrong; one that is too long, or names a model that is not there, may suit the next model. */
function isFinal({ code, recoverable, raw, message }: WorkersAIGatewayError): boolean {
  if (code !== 'bad-request' || recoverable) return false
  const text = `${message} ${typeof raw === 'string' ? raw : JSON.stringify(raw)}`
  return !/context_?\s?(?:length|window)|too (?:long|many tokens)|max(?:imum)?[ _]?tokens|model_?\s?not_?\s?found|no such model|api[ _]?key/i.test(
    text,
  )
}
