import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FinishReason } from '../../chat.ts'
import type { Json, JsonObject } from '../../json.ts'
import type { FixtureExpectation, ProviderFixture } from '../../testing.ts'
import { errorTypes } from './error-types.ts'

/** Recorded provider traffic, which lies beside the repository where it is at hand. */
const root = fileURLToPath(new URL('../../../../../../shared/corpus', import.meta.url))

export const hasCorpus = existsSync(root)

interface CorpusCase {
  id: string
  provider: string
  api: string
  modality: string
  streaming: boolean
  request?: { url?: string; body?: JsonObject }
  response: {
    status: number
    headers: Record<string, string>
    body?: JsonObject
    sse?: string
    ndjson?: string
    text?: string
    base64?: string
  }
  expect: CorpusFacts
}

interface CorpusFacts {
  kind: string
  httpStatus?: number
  text?: string
  textJson?: Json
  reasoning?: string
  toolPlan?: string
  toolCalls?: { name: string; arguments?: JsonObject; argumentsText?: string }[]
  finishReason?: { openai: FinishReason | null }
  usage?: { input: number; output?: number; cachedInput?: number; cacheWrite?: number; reasoning?: number }
  streamError?: JsonObject
}

/** Every recorded chat answer of a vendor in one dialect, as fixtures; only of some URLs where `url` is given. */
export function readCorpus(vendor: string, api: string, url = /(?:)/): ProviderFixture[] {
  return readRecorded(vendor, api)
    .filter(({ modality, request }) => (modality === 'llm' || modality === 'vision') && url.test(request?.url ?? ''))
    .map(toFixture)
}

/** Everything recorded of a vendor in one dialect. */
export function readRecorded(vendor: string, api: string): CorpusCase[] {
  if (!hasCorpus) return []
  const folder = join(root, vendor)
  return readdirSync(folder)
    .map((file): CorpusCase => JSON.parse(readFileSync(join(folder, file), 'utf8')))
    .filter(({ api: dialect }) => dialect === api)
}

/** The vendors that have recordings in a dialect. */
export function corpusVendors(api: string): string[] {
  if (!hasCorpus) return []
  const index: { provider: string; api: string }[] = JSON.parse(readFileSync(join(root, 'index.json'), 'utf8'))
  return [...new Set(index.filter((recorded) => recorded.api === api).map(({ provider }) => provider))]
}

function toFixture({ id, streaming, response, expect }: CorpusCase): ProviderFixture {
  const { status, headers, body, sse, ndjson, text, base64 } = response
  const stream = sse ?? ndjson
  const bytes = base64 === undefined ? undefined : Uint8Array.from(Buffer.from(base64, 'base64'))
  const answer = bytes ? { bytes } : stream === undefined ? { body: body ?? text ?? '' } : { sse: stream }
  return { name: id, streaming, status, headers, ...answer, expect: toExpectation(id, expect) }
}

function toExpectation(id: string, facts: CorpusFacts): FixtureExpectation {
  const error = errorTypes[id]
  if (error) return { error }
  if (facts.kind === 'error') throw new Error(`No error type is known for ${id}.`)
  const { text, textJson, toolCalls, finishReason, usage } = facts
  const reasoning = [facts.reasoning ?? '', facts.toolPlan ?? ''].filter((said) => said !== '').join('\n\n')
  return {
    text: textJson === undefined ? (text ?? '') : JSON.stringify(textJson),
    reasoning,
    toolCalls: (toolCalls ?? []).filter(isOfCaller).map(({ name, arguments: words, argumentsText = '' }) => ({
      name,
      arguments: words ?? (argumentsText === 'null' || argumentsText === '' ? {} : argumentsText),
    })),
    ...(finishReason?.openai && { finishReason: finishReason.openai }),
    ...(usage && { usage: toUsageFacts(usage) }),
  }
}

/** Nova's code interpreter runs at Amazon; the recordings' facts count it among the calls. */
const isOfCaller = ({ name }: { name: string }): boolean => name !== 'nova_code_interpreter'

function toUsageFacts(usage: NonNullable<CorpusFacts['usage']>): NonNullable<FixtureExpectation['usage']> {
  const { input, output = 0, cachedInput, cacheWrite, reasoning } = usage
  return {
    input,
    output,
    ...(cachedInput !== undefined && { cached: cachedInput }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    ...(reasoning !== undefined && { reasoning }),
  }
}
