import { APIError } from 'openai'
import type { Failed } from './chat-driver.ts'

/** How the `openai` package reports a failure. */
export function toOpenAiFailed(error: unknown): Failed {
  if (!(error instanceof APIError)) throw new Error('The request did not fail as an APIError.', { cause: error })
  const { status, headers, message } = error
  return { errorClass: error.constructor.name, status, retryAfter: headers?.get('retry-after'), message }
}
