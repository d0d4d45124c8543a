import { buildAnswer } from './answer/build-answer.ts'
import { createFaultBook } from './faults/fault-set.ts'
import { splitModel } from './faults/parse-faults.ts'
import type { Format } from './format.ts'
import { formatOfPath } from './formats/formats.ts'
import { hash } from './hash.ts'
import { modelOf } from './visit.ts'

/** An answer computed once: the bytes of each chunk, one for JSON. */
export interface StaticAnswer {
  headers: Record<string, string>
  chunks: readonly Uint8Array<ArrayBuffer>[]
  paceMs: number
}

const encoder = new TextEncoder()

/** Answers requests whose model contains `+static` from memory: no validation, no log, no credential. */
export function createStaticAnswers() {
  const known = new Map<string, StaticAnswer>()
  return {
    /** Undefined when the request is not a static one. */
    find(path: string, text: string, alt = ''): StaticAnswer | undefined {
      if (!text.includes('+static') && !path.includes('+static') && !path.includes('%2Bstatic')) return undefined
      const format = formatOfPath(path)
      if (!format) return undefined
      const rawModel = modelOf(path, format.path, { model: /"model"\s*:\s*"([^"]*)"/.exec(text)?.[1] })
      const isStream = /"stream"\s*:\s*true/.test(text) || /(?::streamGenerateContent|-stream)$/.test(path)
      const key = `${format.id} ${rawModel} ${isStream} ${alt}`
      const answer = known.get(key) ?? build(format, { path, rawModel, isStream, alt })
      if (known.size < 1000) known.set(key, answer)
      return answer
    },
  }
}

interface Sample {
  path: string
  rawModel: string
  isStream: boolean
  alt: string
}

function build(format: Format, { path, rawModel, isStream, alt }: Sample): StaticAnswer {
  const { model, specs } = splitModel(rawModel)
  const faults = createFaultBook().resolve(specs, '')
  const headers = new Headers({ 'anthropic-version': '2023-06-01' })
  const search = new URLSearchParams({ alt })
  const parsed = format.parse({ provider: 'sim', path, search, headers, model, body: format.sample(isStream) })
  const seed = hash(rawModel)
  const answer = buildAnswer(parsed.ask, { seed, index: 0, words: faults.number('words') })
  const usage = { input: 1, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: answer.outputTokens, reasoning: 0 }
  const reply = { answers: [answer] as const, usage, seed, createdSeconds: 0 }
  const pieces = isStream
    ? Array.from(parsed.toFrames(reply), (frame, index) => parsed.framing.encode(frame, index === 0))
    : [JSON.stringify(parsed.toJson(reply))]
  const contentType = isStream ? parsed.framing.contentType : 'application/json'
  return {
    headers: { ...format.headers({ seed, model }), 'content-type': contentType },
    chunks: pieces.map((piece) => Uint8Array.from(typeof piece === 'string' ? encoder.encode(piece) : piece)),
    paceMs: faults.number('pace') ?? faults.number('slow') ?? 0,
  }
}
