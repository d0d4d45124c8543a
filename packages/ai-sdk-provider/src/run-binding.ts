import { APICallError } from '@ai-sdk/provider'
import { isObject } from './is-object.ts'
import type { FetchFunction } from './settings.ts'

/** Where Workers AI runs models; the account is the gateway's own. */
const runURL = 'https://api.cloudflare.com/client/v4/accounts/-/ai/run/'

/**
 * A Workers AI binding, as models of `workers-ai-provider` are given, whose runs are requests of a `fetch`; it answers
 * as `env.AI.run` does: with the result, a stream, or the response itself.
 */
export function runBinding(fetch: FetchFunction): { run(...args: unknown[]): Promise<unknown> } {
  return {
    run: async (model, inputs, options) => {
      const { returnRawResponse, extraHeaders } = isObject(options) ? options : {}
      const all = { 'content-type': 'application/json', ...(isObject(extraHeaders) && extraHeaders) }
      const headers = Object.entries(all).map(([name, value]): [string, string] => [name, String(value)])
      const response = await fetch(runURL + String(model), { method: 'POST', headers, body: JSON.stringify(inputs) })
      return returnRawResponse === true ? response : readResult(response, String(model))
    },
  }
}

async function readResult(response: Response, model: string): Promise<unknown> {
  if (!response.ok) {
    const { status: statusCode, headers } = response
    throw new APICallError({
      message: `Workers AI answered ${model} with status ${statusCode}.`,
      url: runURL + model,
      requestBodyValues: undefined,
      statusCode,
      responseHeaders: Object.fromEntries(headers),
      responseBody: await response.text(),
    })
  }
  if (!response.headers.get('content-type')?.includes('application/json')) return response.body
  const body: unknown = await response.json()
  return isObject(body) && 'result' in body && 'success' in body ? body['result'] : body
}
