import type { FinishReason } from '../chat.ts'
import type { ErrorType } from '../error-type.ts'
import type { JsonObject } from '../json.ts'

/** One answer of the provider, as it came over the wire, and what it says. */
export interface ProviderFixture {
  /** Part of the test's title. */
  name: string
  /** The request asked for a stream. */
  streaming: boolean
  /** HTTP status. Default 200. */
  status?: number
  headers?: Readonly<Record<string, string>>
  /** The answer's body: parsed JSON, or text where it is none (an HTML error page, say). */
  body?: JsonObject | string
  /** The stream as text, framing included; alternative to `body`. */
  sse?: string
  /** The stream as it came, where its framing is no text. */
  bytes?: Uint8Array
  expect: FixtureExpectation
}

/** Facts of an answer. Only those that are stated are compared, and those of the first choice only. */
export interface FixtureExpectation {
  text?: string
  reasoning?: string
  /** In order, with parsed arguments; as text where the answer was cut within them. */
  toolCalls?: readonly { name: string; arguments: JsonObject | string }[]
  finishReason?: FinishReason
  /** `input` includes cached and cache-written tokens, `output` includes reasoning. */
  usage?: { input: number; output: number; cached?: number; cacheWrite?: number; reasoning?: number }
  /** The answer, or an event of the stream, is an error of this kind. */
  error?: { type: ErrorType; status: number }
}

/** What `testProvider` needs of a test framework; Vitest's and Jest's fit as they are. */
export interface TestRunner {
  test(name: string, run: () => void): unknown
  expect(actual: unknown): { toEqual(expected: unknown): unknown }
}
