import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime'
import { describe, expect, test } from 'vitest'
import { isObject, parseObject, type Json, type JsonObject } from '../../src/json.ts'
import { chatVendors } from '../../src/providers/__fixtures__/chat-vendors.ts'
import { hasCorpus, readRecorded } from '../../src/providers/__fixtures__/corpus.ts'
import { createTestContext } from '../../src/testing/create-test-context.ts'
import { WireError } from '../../src/wire-error.ts'
import type { WireFormat } from '../../src/wire-format.ts'
import { bedrockConverse } from '../../src/wire/bedrock-converse.ts'

/** What the official client sends for a request that is said in its own words. */
async function serialise(body: JsonObject, modelId: string): Promise<JsonObject | undefined> {
  const client = new BedrockRuntimeClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'id', secretAccessKey: 'key' },
  })
  let sent: unknown
  client.middlewareStack.add(
    () =>
      async ({ request }) => {
        sent = isObject(request) ? request['body'] : undefined
        return {
          output: { $metadata: {}, output: undefined, stopReason: undefined, usage: undefined, metrics: undefined },
          response: {},
        }
      },
    { step: 'build' },
  )
  await client.send(new ConverseCommand(Object.assign({ modelId, messages: [] }, withBytes(body))))
  return parseObject(String(sent))
}

/** The client takes bytes where the body has base64. */
function withBytes(body: JsonObject): object {
  return Object.fromEntries(Object.entries(body).map(([field, value]) => [field, toInput(field, value)]))
}

function toInput(field: string, value: Json | undefined): unknown {
  if (field === 'bytes' && typeof value === 'string') return Buffer.from(value, 'base64')
  // Documents of the caller's own, in which `bytes` means nothing.
  if (field === 'json' || field === 'input') return value
  if (Array.isArray(value)) return value.map((item) => toInput('', item))
  return isObject(value) ? withBytes(value) : value
}

const models = ['anthropic.claude-sonnet-4-5-20250929-v1:0', 'amazon.nova-pro-v1:0']

const cases = chatVendors.flatMap(([vendor, api, { wire }]) =>
  readRecorded(vendor, api).flatMap(({ id, request, response }) => {
    const { body } = request ?? {}
    if (!wire || !body || response.status !== 200) return []
    return models.flatMap((model) => bodyFor(body, wire, model).map((sent) => [id, model, sent] as const))
  }),
)

/** `[]` where Bedrock has no words for what was asked. */
function bodyFor(body: JsonObject, wire: WireFormat, model: string): JsonObject[] {
  const context = createTestContext(model)
  try {
    return [bedrockConverse.formatRequest({ ...wire.parseRequest(body, context), model }, context).body]
  } catch (error) {
    if (error instanceof WireError) return []
    throw error
  }
}

describe.skipIf(!hasCorpus)(`the AWS client${hasCorpus ? '' : ' (skipped: ../shared/corpus is not there)'}`, () => {
  test('has most of what was asked', () => {
    expect(cases.length).toBeGreaterThan(600)
  })

  test.each(cases)('sends what we send for %s to %s', async (_, model, body) => {
    expect(await serialise(body, model)).toEqual(JSON.parse(JSON.stringify(body)))
  })
})
