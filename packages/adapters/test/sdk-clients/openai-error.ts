import { APIError } from 'openai'
import { objectOf, type Json, type JsonObject } from '../../src/json.ts'
import type { HeardError } from './sdk-client.ts'

/** The errors of the `openai` package, whose message begins with the status. */
export function readOpenAIError(error: unknown): HeardError {
  if (!(error instanceof APIError)) throw error
  const { status, message, code } = error
  return { status, message: message.replace(`${status} `, ''), code }
}

/** Where the `openai` package reads the code. */
export function codeOfOpenAI(body: JsonObject): Json | undefined {
  return objectOf(body['error'])?.['code']
}
