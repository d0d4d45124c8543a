import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { streamOf } from './streams.ts'

/** Recorded provider traffic, which lies beside the repository where it is at hand. */
const root = fileURLToPath(new URL('../../../../../../shared/corpus', import.meta.url))

export const hasCorpus = existsSync(root)

/** One recording and what it says, as somebody else read it. */
export interface CorpusCase {
  id: string
  api: string
  operation: string
  modality: string
  streaming: boolean
  request?: { url: string; body?: Record<string, unknown> }
  response: { status: number; headers: Record<string, string>; body?: unknown; sse?: string; text?: string }
  /** Long base64 that was cut. */
  elided?: unknown[]
  expect: CorpusFacts
}

interface CorpusFacts {
  kind: string
  httpStatus?: number
  id?: string
  model?: string
  text?: string
  refusal?: string
  textJson?: unknown
  reasoning?: string
  toolCalls?: { name: string; arguments?: unknown; argumentsText?: string }[]
  finishReason?: { native: string | null; openai: string | null }
  usage?: { input: number; output?: number; cachedInput?: number; reasoning?: number }
  error?: { message?: string; code?: number }
  streamError?: unknown
  language?: string
  duration?: number
  segments?: number
  words?: number
  sha256?: string
}

/** The recordings of a vendor. `[]` where the corpus is not at hand. */
export function readCorpus(vendor: string): CorpusCase[] {
  if (!hasCorpus) return []
  const folder = join(root, vendor)
  return readdirSync(folder).map((file): CorpusCase => JSON.parse(readFileSync(join(folder, file), 'utf8')))
}

/** The vendors with recordings in a dialect. */
export function corpusVendors(api: string): string[] {
  if (!hasCorpus) return []
  const index: { provider: string; api: string }[] = JSON.parse(readFileSync(join(root, 'index.json'), 'utf8'))
  return [...new Set(index.filter((recorded) => recorded.api === api).map(({ provider }) => provider))]
}

/** The recorded response, in pieces of `size` bytes. */
export function toResponse({ response }: CorpusCase, size?: number): Response {
  const { status, headers, body, sse, text } = response
  const kept = new Headers(
    Object.entries(headers).filter(([name]) => !/^(?:content-length|content-encoding|transfer-encoding)$/.test(name)),
  )
  return new Response(streamOf(sse ?? text ?? JSON.stringify(body), size), { status, headers: kept })
}
