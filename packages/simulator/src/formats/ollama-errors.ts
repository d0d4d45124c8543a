import type { Failure, VendorError } from '../format.ts'
import { leakedKeyMessage } from './leaked-key.ts'

const words: Readonly<Record<Exclude<Failure['kind'], 'status'>, (failure: Failure) => [number, string]>> = {
  invalid: ({ message = '' }) => [400, message],
  'missing-auth': () => [401, 'unauthorized'],
  'bad-auth': () => [401, 'unauthorized'],
  'leaked-key': () => [401, leakedKeyMessage],
  'no-route': ({ message = '' }) => [404, `404 page not found (${message})`],
  'wrong-method': ({ message = '' }) => [405, `405 method not allowed (${message})`],
  'model-not-found': ({ model = '' }) => [404, `model '${model}' not found`],
  'context-length': () => [400, 'prompt too long; exceeded max context length by 100 tokens'],
  'content-filter': () => [400, 'the prompt was blocked by the content filter'],
  quota: () => [429, 'you have reached your weekly usage limit, please upgrade to continue: insufficient_quota'],
}

/** Words a failure as Ollama does: `{error}`, a text. */
export function toOllamaError(failure: Failure): VendorError {
  if (failure.kind !== 'status') {
    const [status, error] = words[failure.kind](failure)
    return { status, body: { error } }
  }
  const { status = 500, retryAfterSeconds } = failure
  const error = status === 429 ? 'too many requests' : 'an error was encountered while running the model'
  const headers = retryAfterSeconds === undefined ? {} : { headers: { 'retry-after': String(retryAfterSeconds) } }
  return { status, body: { error }, ...headers }
}
