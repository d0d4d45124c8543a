import type { Json, JsonObject } from '@gw/adapters'

/** A response that its caller may go on from. */
export interface StoredResponse {
  /** As the caller got it. */
  response: JsonObject
  /** Everything that led to it: the items of all turns before it. */
  input: Json[]
}

/** Where responses are kept for `previous_response_id`, until they expire. Nobody sees those of another organisation. */
export interface ResponseStore {
  save(orgId: string, stored: StoredResponse): Promise<void>
  find(orgId: string, responseId: string): Promise<StoredResponse | undefined>
  /** One item of a response's output. */
  findItem(orgId: string, itemId: string): Promise<JsonObject | undefined>
  /** @returns whether there was one. */
  remove(orgId: string, responseId: string): Promise<boolean>
}
