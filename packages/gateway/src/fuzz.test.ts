import { isObject, type Json, type JsonObject } from '@gw/adapters'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyBehaviour, behave, type Behaviour } from './__fixtures__/any-upstream.ts'
import { startMemoryGateway } from './__fixtures__/memory-gateway.ts'
import { anyChanges, mutate, toJson } from './__fixtures__/mutate.ts'
import { waysIn, type ErrorWords, type WayIn } from './__fixtures__/ways-in.ts'

const models = [
  'openai/gpt-5-mini',
  'openai/gpt-5-codex',
  'openai/text-embedding-3-small',
  'anthropic/claude-sonnet-4-5',
  'google/gemini-2.5-flash',
  'google/gemini-3-pro-preview',
  'workers-ai/@cf/openai/gpt-oss-20b',
  'cohere/command-a-03-2025',
  'mistral/mistral-small-latest',
  'perplexity-ai/sonar',
  'replicate/meta/llama-3',
  'aws-bedrock/us.anthropic.claude-sonnet-4-5-v1:0',
  'ollama/llama3.2',
]

/** The way's own body for a model, changed in places, or anything at all. */
const bodyFor = ({ body }: WayIn, model: string): fc.Arbitrary<Json> => {
  const named: JsonObject = 'model' in body ? { ...body, model } : body
  const mutated = anyChanges.map((changes) => changes.reduce<Json>(mutate, named))
  return fc.oneof({ weight: 4, arbitrary: mutated }, fc.jsonValue().map(toJson))
}

/** Whether a body is an error as the callers of a format know it. */
const isWorded: Readonly<Record<ErrorWords, (body: unknown) => boolean>> = {
  openai: (body) => {
    const error = partOf(body, 'error')
    return typeof partOf(error, 'message') === 'string' && typeof partOf(error, 'type') === 'string'
  },
  anthropic: (body) => partOf(body, 'type') === 'error' && typeof partOf(partOf(body, 'error'), 'message') === 'string',
  gemini: (body) => {
    const error = partOf(Array.isArray(body) ? body[0] : body, 'error')
    return typeof partOf(error, 'code') === 'number' && typeof partOf(error, 'status') === 'string'
  },
  ollama: (body) => typeof partOf(body, 'error') === 'string',
  cloudflare: (body) => partOf(body, 'success') === false && Array.isArray(partOf(body, 'errors')),
  compat: (body) => isWorded.openai(body) || isWorded.cloudflare(body),
}

const partOf = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined)

/** Whether all of an answer is JSON, in one piece or in many. */
function isReadable(text: string, type: string): boolean {
  const isEvents = type.startsWith('text/event-stream')
  const isMany = isEvents || type.startsWith('application/x-ndjson')
  const found = isMany ? text.matchAll(isEvents ? /^data: ?(.*)$/gm : /^(.+)$/gm) : [['', text]]
  return [...found].every(([, piece = '']) => piece.trim() === '[DONE]' || isJson(piece))
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test.each(waysIn)(
  '$path answers or refuses anything, and leaves one row',
  async (way) => {
    let behaviour: Behaviour = { kind: 'right' }
    const gateway = await startMemoryGateway((request) => behave(request, behaviour))
    let asked = 0
    const inputs = fc
      .constantFrom(...models)
      .chain((model) => fc.tuple(fc.constant(model), bodyFor(way, model), anyBehaviour))
    const property = fc.asyncProperty(inputs, async ([model, body, next]) => {
      behaviour = next
      const response = await gateway.app.request(way.path.replace('{model}', model), {
        method: 'POST',
        headers: { 'cf-aig-authorization': 'Bearer gw_test', 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const text = await response.text()
      asked += 1
      await gateway.rowsReach(asked)
      expect(response.status).not.toBe(500)
      const isSaidRight = response.ok
        ? behaviour.kind !== 'right' || isReadable(text, response.headers.get('content-type') ?? '')
        : isWorded[way.words](JSON.parse(text))
      expect([isSaidRight, text]).toEqual([true, text])
      expect(gateway.reports.splice(0)).toEqual([])
    })
    await fc.assert(property, { numRuns: 150, seed: 1, timeout: 2000 })
    expect(gateway.rows).toHaveLength(asked)
  },
  60_000,
)
