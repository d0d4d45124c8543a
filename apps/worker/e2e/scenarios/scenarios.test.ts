import { anthropicMessages, openaiResponses, type Message } from '@gw/adapters'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startGateway, type RunningGateway } from '../../../../scripts/local/start-gateway.ts'
import { allRows, poll } from '../gateway-under-test.ts'
import type { Gateway, Told } from './ask.ts'
import type { Turn } from './loop-client.ts'
import { createMessagesClient } from './messages-client.ts'
import { askOwn } from './own-client.ts'
import { askedIn, dialectOf, hasScenarios, modelOf, readScenarios, type Scenario, type Step } from './read-scenarios.ts'
import { startReplayingUpstream } from './replaying-upstream.ts'
import { createResponsesClient } from './responses-client.ts'

const scenarios = hasScenarios ? readScenarios() : []

let upstream: Awaited<ReturnType<typeof startReplayingUpstream>>
let running: RunningGateway
let gateway: Gateway

const env = {
  OPENAI_API_KEY: 'sk',
  ANTHROPIC_API_KEY: 'sk',
  GEMINI_API_KEY: 'sk',
  GROQ_API_KEY: 'sk',
  DEEPSEEK_API_KEY: 'sk',
  XAI_API_KEY: 'sk',
  MISTRAL_API_KEY: 'sk',
  OPENROUTER_API_KEY: 'sk',
  HF_TOKEN: 'sk',
  AZURE_OPENAI_API_KEY: 'sk',
  COHERE_API_KEY: 'sk',
  AWS_ACCESS_KEY_ID: 'AKIAENVAWSBEDROCK000',
  AWS_SECRET_ACCESS_KEY: 'env/aws-bedrock+secret',
  AWS_REGION: 'us-east-1',
}

beforeAll(async () => {
  upstream = await startReplayingUpstream()
  const upstreams = { '*': `${upstream.url}/{provider}` }
  running = await startGateway({ port: 0, state: undefined, adminKey: 'admin', upstreams, env })
  gateway = { url: running.url, key: running.key ?? '' }
})

afterAll(async () => {
  await running.stop()
  upstream.stop()
})

/** What is wrong with an answer, in words; empty when all is right. */
function compare({ expect: { text = '', toolCalls = [] } }: Step, told: Told): string[] {
  const calls = told.calls.map(({ name, arguments: given }) => ({ name, arguments: JSON.parse(given || '{}') }))
  const wanted = toolCalls.map(({ name, arguments: given, argumentsText }) => ({
    name,
    arguments: given ?? JSON.parse(argumentsText || '{}') ?? {},
  }))
  return [
    ...(told.text === text ? [] : [`text ${told.text}`]),
    ...(isDeepStrictEqual(calls, wanted) ? [] : [`calls ${JSON.stringify(calls)}, not ${JSON.stringify(wanted)}`]),
  ]
}

/** The rows of these answers, once they are there. */
async function rowsOf(logIds: readonly string[]) {
  return poll(async () => {
    const rows = new Map((await allRows({ url: gateway.url, key: 'admin' })).map((row) => [row.id, row]))
    return logIds.map((id) => {
      const row = rows.get(id)
      if (!row) throw new Error(`No row of ${id}.`)
      return row
    })
  }, 30_000)
}

interface Asked {
  scenario: Scenario
  step: Step
  logId: string
  problems: string[]
}

/** Problems of all answers, with what their rows lack. */
async function judge(asked: readonly Asked[]): Promise<string[]> {
  const rows = await rowsOf(asked.flatMap(({ logId }) => (logId === '' ? [] : [logId])))
  const incomplete = new Set(
    rows.filter(({ success, ending }) => !success || ending !== 'complete').map(({ id }) => id),
  )
  return asked.flatMap(({ scenario, step, logId, problems }) =>
    [...problems, ...(incomplete.has(logId) ? ['its row is of a failure'] : [])].map(
      (problem) => `${scenario.id}, step ${scenario.steps.indexOf(step) + 1}: ${problem}`,
    ),
  )
}

const failed = (error: unknown): string[] => [error instanceof Error ? error.message : String(error)]

/** What the recorded client added after the answer of the step before, as texts. */
function turnOf(scenario: Scenario, step: Step): Turn {
  const { messages } = askedIn(step, dialectOf(scenario))
  const at = messages.findLastIndex(({ role }) => role === 'assistant')
  const before = messages[at]
  const ids = before?.role === 'assistant' ? (before.tool_calls ?? []).map(({ id }) => id) : []
  const added = messages.slice(at + 1)
  const resultOf = (id: string): string =>
    added
      .filter((message) => message.role === 'tool' && message.tool_call_id === id)
      .map(textOf)
      .join('')
  return { results: ids.map(resultOf), said: added.filter(({ role }) => role === 'user').map(textOf) }
}

function textOf({ content }: Message): string {
  if (typeof content === 'string') return content
  return (content ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('')
}

/** The vendor's own proofs of what it said before, which it wants back. */
function signaturesIn(text: string): string[] {
  const found = text.matchAll(/"(?:signature|thoughtSignature|encrypted_content)":\s?"([\w+/=-]{16,})"/g)
  return [...found].map(([, signature = '']) => signature)
}

async function runLoop(scenario: Scenario): Promise<Asked[]> {
  const dialect = dialectOf(scenario)
  const [first] = scenario.steps
  if (!first) return []
  const isOpenAi = dialect.wire.id.startsWith('openai-')
  const format = isOpenAi ? anthropicMessages : openaiResponses
  const name = dialect.nameOf(modelOf(first))
  const { body } = format.formatRequest(
    { ...askedIn(first, dialect), stream: scenario.streaming },
    { model: name, now: () => 0, createId: () => 'id' },
  )
  const client = (isOpenAi ? createMessagesClient : createResponsesClient)(gateway, body)
  const asked: Asked[] = []
  for (const [index, step] of scenario.steps.entries()) {
    if (index > 0) client.goOn(turnOf(scenario, step))
    const { logId, ...told } = await client.send()
    // OpenAI's chat has no place for them.
    const wanted = dialect.wire.id === 'openai-chat' ? [] : signaturesIn(JSON.stringify(step.request.body))
    const lost = wanted.filter((signature) => !upstream.bodies.at(-1)?.includes(signature))
    const problems = [...compare(step, told), ...lost.map((signature) => `lost ${signature.slice(0, 20)}…`)]
    asked.push({ scenario, step, logId, problems })
  }
  return asked
}

const prepare = ({ steps }: Scenario): void => upstream.prepare(steps.map(({ response }) => response))

describe.skipIf(!hasScenarios)('recorded tool loops (skipped where ../shared/corpus is absent)', () => {
  test('in the format that they were recorded in', async () => {
    expect(scenarios.length).toBeGreaterThan(80)
    const asked: Asked[] = []
    for (const scenario of scenarios) {
      prepare(scenario)
      for (const step of scenario.steps) {
        const done = await askOwn(gateway, scenario, step).then(
          ({ logId, ...told }) => ({ logId, problems: compare(step, told) }),
          (error: unknown) => ({ logId: '', problems: failed(error) }),
        )
        asked.push({ scenario, step, ...done })
      }
    }
    expect(await judge(asked)).toEqual([])
  }, 120_000)

  test('by a client of another format, which sends back what it got', async () => {
    const asked: Asked[] = []
    // Ollama’s own API is spoken to its own callers only.
    for (const scenario of scenarios.filter(({ api }) => api !== 'ollama.chat')) {
      prepare(scenario)
      const [step] = scenario.steps
      const done = await runLoop(scenario).catch((error: unknown) =>
        step ? [{ scenario, step, logId: '', problems: failed(error) }] : [],
      )
      asked.push(...done)
    }
    expect(await judge(asked)).toEqual([])
  }, 120_000)
})
