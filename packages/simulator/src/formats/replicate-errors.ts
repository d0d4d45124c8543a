import type { Failure, VendorError } from '../format.ts'
import { leakedKeyMessage } from './leaked-key.ts'

type Words = [status: number, title: string, detail: string]

const words: Readonly<Record<Exclude<Failure['kind'], 'status'>, (failure: Failure) => Words>> = {
  invalid: ({ message = '' }) => [422, 'Input validation failed', message],
  'missing-auth': () => [401, 'Unauthenticated', 'You did not pass an authentication token'],
  'bad-auth': () => [401, 'Unauthenticated', 'You did not pass a valid authentication token'],
  'leaked-key': () => [401, 'Unauthenticated', leakedKeyMessage],
  'no-route': ({ message = '' }) => [404, 'Not found', `The requested resource could not be found. (${message})`],
  'wrong-method': ({ message = '' }) => [405, 'Method not allowed', message],
  'model-not-found': ({ model = '' }) => [404, 'Not found', `The model ${model} could not be found.`],
  'context-length': () => [422, 'Input validation failed', 'The prompt is too long for the context window.'],
  'content-filter': () => [422, 'Input validation failed', 'The input was flagged as sensitive.'],
  quota: () => [402, 'Insufficient credit', 'You have insufficient credit to run this model.'],
}

/** Words a failure as Replicate does: `{title,detail,status}`. */
export function toReplicateError(failure: Failure): VendorError {
  if (failure.kind !== 'status') {
    const [status, title, detail] = words[failure.kind](failure)
    return { status, body: { title, detail, status } }
  }
  const { status = 500, retryAfterSeconds } = failure
  const detail = status === 429 ? 'Request was throttled. Expected available in 1 second.' : 'Internal server error'
  const headers = retryAfterSeconds === undefined ? {} : { headers: { 'retry-after': String(retryAfterSeconds) } }
  return { status, body: { title: detail, detail, status }, ...headers }
}
