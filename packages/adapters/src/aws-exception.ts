import { formatAwsFrame } from './aws-frame.ts'
import type { SseEvent } from './decode-stream.ts'
import { numberOf, parseObject, stringOf } from './json.ts'

/**
 * The HTTP status of an exception that ends a stream.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html#API_runtime_ConverseStream_Errors
 */
const statuses: Readonly<Record<string, number>> = {
  validationException: 400,
  accessDeniedException: 403,
  resourceNotFoundException: 404,
  modelTimeoutException: 408,
  modelStreamErrorException: 424,
  throttlingException: 429,
  internalServerException: 500,
  serviceUnavailableException: 503,
}

/** An exception of a stream as an event whose data says the error in the words that every stream reader knows. */
export function readAwsException(name: string, payload: string): SseEvent {
  const stated = parseObject(payload) ?? {}
  const message = stringOf(stated['message']) ?? stringOf(stated['originalMessage']) ?? payload
  const status = numberOf(stated['originalStatusCode']) ?? statuses[name] ?? 502
  return errorEvent(name, { message: message || name, status })
}

/** The event of a stream that failed. */
export function errorEvent(name: string, { message, status }: { message: string; status: number }): SseEvent {
  const error = { type: name, message, status_code: status }
  return { event: name, data: JSON.stringify({ type: 'error', error }) }
}

/** The frame that ends a stream with an exception, for clients who read the stream as it is. */
export function formatAwsException(message: string): Uint8Array {
  return formatAwsFrame({
    headers: {
      ':exception-type': 'modelStreamErrorException',
      ':content-type': 'application/json',
      ':message-type': 'exception',
    },
    payload: JSON.stringify({ message }),
  })
}
