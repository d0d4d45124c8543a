import { parseObject } from '@gw/adapters'
import type { Leg, NativeLeg } from '../plan.ts'
import { keepsState } from './keeps-state.ts'

/**
 * Native paths whose answer depends on nothing but the request, by how they end. What is not listed may begin, change or
 * read something at the provider (files, batches, predictions, assistants, models), and always goes there.
 */
const pure = new RegExp(
  [
    String.raw`\/(?:chat\/)?completions`,
    String.raw`\/messages`,
    String.raw`\/responses`,
    String.raw`\/v2\/chat`,
    String.raw`\/(?:api\/)?(?:embeddings?|embed|rerank|moderations|classify)`,
    String.raw`\/api\/(?:chat|generate)`,
    String.raw`\/images\/generations`,
    String.raw`\/audio\/speech`,
    String.raw`\/text-to-speech\/[^/]+(?:\/stream)?`,
    String.raw`:(?:generateContent|streamGenerateContent|embedContent|batchEmbedContents|predict|rawPredict|streamRawPredict)`,
    String.raw`\/model\/[^/]+\/(?:converse|converse-stream|invoke|invoke-with-response-stream)`,
  ]
    .map((ending) => `${ending}$`)
    .join('|'),
)

/** OpenAI's threads gather messages; asynchronous calls begin a job, and answer with its id. */
const stateful = /(?:^|\/)(?:threads|async)\//

/** Workers AI names its models at the end of the path. */
const workersAIRun = /(?:^|\/)run\/@(?:cf|hf)\//

/** Whether an answer of the leg may be given to an equal request. */
export function isCacheableLeg(leg: Leg): boolean {
  return leg.kind === 'native' ? isCacheableCall(leg) : leg.kind !== 'local'
}

function isCacheableCall({ method, path, search, body }: NativeLeg): boolean {
  if (method !== 'POST' || typeof body !== 'string') return false
  const isPure = (pure.test(`/${path}`) && !stateful.test(path)) || workersAIRun.test(path)
  return isPure && !/[?&]queueRequest=/.test(search) && !keepsState(parseObject(body) ?? {})
}
