import { entryOf } from '../entry-of.ts'
import type { ErrorType } from '../error-type.ts'
import { objectOf, stringOf, type JsonObject } from '../json.ts'
import { defineProvider, type ChatCall } from '../provider.ts'
import type { ProviderError } from '../provider-error.ts'
import { replicatePrediction } from '../wire/replicate-prediction.ts'

const entry = entryOf('replicate')

/** `{owner}/{name}` for an official model, `{owner}/{name}:{version}` for one of the community's. */
const modelName = /^[\w.-]+\/[\w.-]+(?::([\da-f]+))?$/

/**
 * Language models, as predictions. Without a stream a prediction is waited for, and asked about again where that was not
 * enough.
 * @see https://replicate.com/docs/reference/http
 */
export const replicate = defineProvider({
  ...entry,
  wire: replicatePrediction,
  modelForm: 'replicate/{owner}/{name}',
  chatUrl: (model) => {
    const match = modelName.exec(model)
    if (!match) return undefined
    return `${entry.origin}${entry.basePath}${match[1] === undefined ? `/models/${model}/predictions` : '/predictions'}`
  },
  chatHeaders: ({ stream }): Record<string, string> => (stream ? {} : { prefer: 'wait' }),
  encode: (body, { model }) => {
    const version = modelName.exec(model)?.[1]
    return version === undefined ? body : { ...body, version }
  },
  repair,
  follow,
  classify,
})

/** A stream where the model has one, else the prediction itself, until it has ended. */
function follow({ status, urls }: JsonObject, { stream }: ChatCall): string | undefined {
  if (status !== 'starting' && status !== 'processing') return undefined
  const { stream: events, get } = objectOf(urls) ?? {}
  return (stream ? stringOf(events) : undefined) ?? stringOf(get)
}

/** A prediction that ended without an answer says so in its status, and only sometimes why. */
function repair(prediction: JsonObject): JsonObject {
  const { status, error } = prediction
  if (status !== 'failed' && status !== 'canceled' && status !== 'aborted') return prediction
  return { ...prediction, error: error || `The prediction was ${status}.` }
}

/** Its models' own filters speak of NSFW content and sensitive input. */
function classify({ message }: ProviderError): ErrorType | undefined {
  return /\bNSFW\b|flagged as sensitive/i.test(message) ? 'content_filter' : undefined
}
