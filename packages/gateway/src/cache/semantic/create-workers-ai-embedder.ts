import { singleAttempt } from '@gw/router'
import * as z from 'zod'
import type { NativeLeg } from '../../plan.ts'
import { buildUpstreamRequest } from '../../steps/build-upstream-request.ts'
import { callUpstream } from '../../steps/call-upstream.ts'
import { resolveKeys } from '../../steps/resolve-keys.ts'
import type { Embedder } from './embedder.ts'

/**
 * 768 numbers for a text in English.
 * @see https://developers.cloudflare.com/workers-ai/models/bge-base-en-v1.5/
 */
const model = '@cf/baai/bge-base-en-v1.5'

const answer = z.object({ result: z.object({ data: z.tuple([z.array(z.number())]) }) })

/** What a cache may wait for a vector, ms. */
const timeoutMs = 1500

/** Embeds with Workers AI, with the key that a request to it would use. */
export function createWorkersAIEmbedder(): Embedder {
  return {
    embed: async (text, { purse, deps }) => {
      const provider = deps.providers.find('workers-ai')
      if (!provider) return undefined
      const leg: NativeLeg = {
        kind: 'native',
        step: 0,
        provider,
        model,
        method: 'POST',
        path: `run/${model}`,
        search: '',
        headers: new Headers({ 'content-type': 'application/json' }),
        body: JSON.stringify({ text: [text] }),
        stream: false,
        secret: undefined,
        options: {},
        retry: singleAttempt,
        isFree: false,
      }
      const [key] = await resolveKeys(leg, purse, deps.keyResolver)
      if (!key) return undefined
      const { request } = await buildUpstreamRequest(leg, key, deps)
      const callerSignal = new AbortController().signal
      const fetch = provider.fetch ?? deps.fetch
      const response = await callUpstream(request, { fetch, timeoutMs, callerSignal })
      if (!response.ok) {
        await response.body?.cancel()
        return undefined
      }
      const parsed = answer.safeParse(await response.json())
      return parsed.success ? parsed.data.result.data[0] : undefined
    },
  }
}
