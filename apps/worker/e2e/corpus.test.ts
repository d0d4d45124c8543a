import { createServer, type Server } from 'node:http'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startGateway, type RunningGateway } from '../../../scripts/local/start-gateway.ts'
import { allRows, poll } from './gateway-under-test.ts'
import type { LogRecord } from '@gw/gateway'

/** Recorded provider answers, which lie beside the repository where they are at hand. */
const root = fileURLToPath(new URL('../../../../shared/corpus/', import.meta.url))
const hasCorpus = existsSync(root)

interface Expectation {
  kind: string
  text?: string
  reasoning?: string
  refusal?: string
  toolCalls?: { name: string; arguments?: unknown; argumentsText?: string }[]
  streamError?: { message: string }
  finishReason?: { openai: string | null }
  /** `total` also counts what a provider leaves out of `input`, such as Mistral's audio. */
  usage?: { input: number; output: number; total: number }
  inlineMedia?: unknown[]
}

interface Case {
  id: string
  provider: string
  api: string
  streaming: boolean
  request?: { url?: string; body?: Record<string, unknown> }
  openaiRequest?: Record<string, unknown>
  response: {
    status: number
    headers: Record<string, string>
    body?: unknown
    sse?: string
    text?: string
    base64?: string
  }
  expect: Expectation
}

/** The corpus' names of providers in ours, and the dialect that we speak to each. */
const targets: Record<string, { provider: string; api: string }> = {
  openai: { provider: 'openai', api: 'openai.chat' },
  anthropic: { provider: 'anthropic', api: 'anthropic.messages' },
  google: { provider: 'google-ai-studio', api: 'gemini.generateContent' },
  groq: { provider: 'groq', api: 'openai.chat' },
  deepseek: { provider: 'deepseek', api: 'openai.chat' },
  xai: { provider: 'grok', api: 'openai.chat' },
  mistral: { provider: 'mistral', api: 'openai.chat' },
  perplexity: { provider: 'perplexity-ai', api: 'openai.chat' },
  together: { provider: 'together', api: 'openai.chat' },
  cerebras: { provider: 'cerebras', api: 'openai.chat' },
  openrouter: { provider: 'openrouter', api: 'openai.chat' },
  cohere: { provider: 'cohere', api: 'cohere.chat_v2' },
  'workers-ai': { provider: 'workers-ai', api: 'workersai.run' },
  bedrock: { provider: 'aws-bedrock', api: 'bedrock.converse' },
  ollama: { provider: 'ollama', api: 'openai.chat' },
  'custom-vllm': { provider: 'vllm', api: 'openai.chat' },
  'custom-lmstudio': { provider: 'lmstudio', api: 'openai.chat' },
}

function readCases(folder: string): Case[] {
  const files = readdirSync(root + folder).filter((file) => file.endsWith('.json'))
  return files.map((file): Case => JSON.parse(readFileSync(`${root}${folder}/${file}`, 'utf8')))
}

const cases = hasCorpus
  ? Object.entries(targets).flatMap(([folder, { provider, api }]) =>
      readCases(folder)
        .filter(
          (recorded) => recorded.api === api && (recorded.expect.kind === 'chat' || recorded.expect.kind === 'error'),
        )
        .map((recorded) => ({ ...recorded, id: recorded.id, target: provider })),
    )
  : []

let replay: Case['response'] | undefined
let upstream: Server
let gateway: RunningGateway

beforeAll(async () => {
  upstream = createServer((incoming, outgoing) => {
    incoming.resume()
    incoming.on('end', () => {
      const { status = 500, headers = {} } = replay ?? {}
      const kept = Object.entries(headers).filter(
        ([name]) => !/^(?:content-length|content-encoding|transfer-encoding)$/.test(name),
      )
      // Some recordings have lost the type of their binary stream.
      const type = replay?.base64 === undefined ? {} : { 'content-type': 'application/vnd.amazon.eventstream' }
      outgoing.writeHead(status, { ...type, ...Object.fromEntries(kept) })
      const bytes = replay ? bytesOf(replay) : Buffer.of()
      for (let at = 0; at < bytes.length; at += 7919) outgoing.write(bytes.subarray(at, at + 7919))
      outgoing.end()
    })
  })
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
  const address = upstream.address()
  const port = typeof address === 'object' ? address?.port : undefined
  gateway = await startGateway({
    port: 0,
    state: undefined,
    adminKey: 'admin',
    upstreams: { '*': `http://127.0.0.1:${port}/{provider}` },
    env: {},
  })
})

afterAll(async () => {
  await gateway.stop()
  upstream.close()
})

interface Answer {
  status: number
  logId: string
  text: string
  reasoning: string
  refusal: string
  toolCalls: { name: string; arguments: string }[]
  finishReason: string | null
}

async function ask({ target, streaming, openaiRequest, request }: (typeof cases)[number]): Promise<Answer> {
  const body = openaiRequest ??
    (targets[target === 'grok' ? 'xai' : target]?.api === 'openai.chat' ? request?.body : undefined) ?? {
      messages: [{ role: 'user', content: 'hi' }],
    }
  const model = String(modelInUrl(request?.url) ?? request?.body?.['model'] ?? openaiRequest?.['model'] ?? 'some-model')
  const response = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: {
      'cf-aig-authorization': `Bearer ${gateway.key}`,
      authorization: 'Bearer sk-test',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ ...body, model: `${target}/${model}`, stream: streaming }),
  })
  const logId = response.headers.get('cf-aig-log-id') ?? ''
  const text = await response.text()
  const none = { text: '', reasoning: '', refusal: '', toolCalls: [], finishReason: null }
  if (response.status >= 400) return { ...none, status: response.status, logId, text: JSON.parse(text).error.message }
  return { ...(streaming ? readStream(text) : readWhole(JSON.parse(text))), status: response.status, logId }
}

interface Message {
  content?: string | null
  reasoning_content?: string
  refusal?: string | null
  tool_calls?: { index?: number; function: { name?: string; arguments?: string } }[]
}

function readWhole({
  choices,
}: {
  choices: { message: Message; finish_reason: string }[]
}): Omit<Answer, 'status' | 'logId'> {
  const [choice] = choices
  const { content, reasoning_content, refusal, tool_calls = [] } = choice?.message ?? {}
  return {
    text: content ?? '',
    reasoning: reasoning_content ?? '',
    refusal: refusal ?? '',
    toolCalls: tool_calls.map(({ function: { name = '', arguments: given = '' } }) => ({ name, arguments: given })),
    finishReason: choice?.finish_reason ?? null,
  }
}

function readStream(sse: string): Omit<Answer, 'status' | 'logId'> {
  const answer: Omit<Answer, 'status' | 'logId'> = {
    text: '',
    reasoning: '',
    refusal: '',
    toolCalls: [],
    finishReason: null,
  }
  const events = sse.split(/\r?\n\r?\n/).flatMap((event) => /^data: ?(.*)$/ms.exec(event)?.[1]?.trim() ?? [])
  for (const data of events) {
    if (data === '[DONE]') continue
    const parsed: {
      choices: { index: number; delta: Message; finish_reason: string | null }[]
      error?: { message: string }
    } = JSON.parse(data)
    if (parsed.error) answer.text = parsed.error.message
    for (const { index, delta, finish_reason } of parsed.choices ?? []) {
      if (index !== 0) continue
      answer.text += delta.content ?? ''
      answer.reasoning += delta.reasoning_content ?? ''
      answer.refusal += delta.refusal ?? ''
      answer.finishReason = finish_reason ?? answer.finishReason
      for (const call of delta.tool_calls ?? []) {
        const at = call.index ?? 0
        const known = answer.toolCalls[at] ?? { name: '', arguments: '' }
        answer.toolCalls[at] = {
          name: known.name + (call.function.name ?? ''),
          arguments: known.arguments + (call.function.arguments ?? ''),
        }
      }
    }
  }
  return answer
}

const parsedArguments = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** A call without arguments is a call with none; arguments that were cut come as they were. */
function wantedCall({ name, arguments: given, argumentsText }: NonNullable<Expectation['toolCalls']>[number]) {
  const isNone = argumentsText === 'null' || argumentsText === ''
  return { name, arguments: isNone ? {} : (given ?? argumentsText) }
}

/** Nova's code interpreter runs at Amazon; the recordings' facts count it among the calls. */
const isOfCaller = ({ name }: { name: string }): boolean => name !== 'nova_code_interpreter'

/** What is wrong with an answer, in words; empty when all is right. */
function compare({ expect: facts, response }: Case, answer: Answer): string[] {
  if (response.status >= 400 || facts.kind === 'error') {
    return answer.status >= 400 && answer.text !== '' ? [] : [`status ${answer.status} for an error`]
  }
  if (answer.status !== 200) return [`status ${answer.status}: ${answer.text}`]
  const calls = answer.toolCalls.map(({ name, arguments: given }) => ({ name, arguments: parsedArguments(given) }))
  const wanted = (facts.toolCalls ?? []).filter(isOfCaller).map(wantedCall)
  const text = facts.streamError?.message ?? facts.text ?? ''
  return [
    ...(facts.inlineMedia || answer.text === text ? [] : [`text ${answer.text}`]),
    ...(isDeepStrictEqual(calls, wanted) ? [] : [`calls ${JSON.stringify(calls)}`]),
    ...(!facts.finishReason?.openai || answer.finishReason === facts.finishReason.openai
      ? []
      : [`finish ${answer.finishReason}`]),
    ...(!facts.reasoning || answer.reasoning === facts.reasoning ? [] : [`reasoning ${answer.reasoning}`]),
  ]
}

function compareUsage({ expect: { usage: wanted } }: Case, row: LogRecord | undefined): string[] {
  if (!row) return ['no row']
  // A report of nothing counts as none: an answer that a guardrail gave instead of the model is estimated.
  if (!wanted || wanted.total === 0) return []
  const { usage, usage_source } = row
  const sum = (...names: (keyof typeof usage)[]): number => names.reduce((total, name) => total + (usage[name] ?? 0), 0)
  const input = sum('input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'input_audio', 'input_image')
  const output = sum('output', 'reasoning', 'output_audio', 'output_image')
  const isRight = usage_source === 'reported' && input === wanted.total - wanted.output && output === wanted.output
  return isRight
    ? []
    : [`${usage_source} usage ${input} in, ${output} out; recorded ${wanted.input} in, ${wanted.output} out`]
}

const bytesOf = ({ sse, text, base64, body }: Case['response']): Buffer =>
  base64 === undefined ? Buffer.from(sse ?? text ?? JSON.stringify(body)) : Buffer.from(base64, 'base64')

/** Amazon's models are named in the URL. */
function modelInUrl(url = ''): string | undefined {
  const name = /\/model\/([^/]+)\//.exec(url)?.[1]
  return name === undefined ? undefined : decodeURIComponent(name)
}

const nativePaths: Record<string, (model: string, stream: boolean) => string> = {
  'openai.chat': () => 'chat/completions',
  'anthropic.messages': () => 'v1/messages',
  'gemini.generateContent': (model, stream) =>
    `v1beta/models/${model}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
  'cohere.chat_v2': () => 'v2/chat',
  'workersai.run': (model) => model,
  'openai.responses': () => 'v1/responses',
  'bedrock.converse': (model, stream) =>
    `bedrock-runtime/us-east-1/model/${encodeURIComponent(model)}/${stream ? 'converse-stream' : 'converse'}`,
}

async function askNatively({ target, api, streaming, request }: (typeof cases)[number]) {
  const body = request?.body ?? { messages: [], stream: streaming }
  const model = String(modelInUrl(request?.url) ?? body['model'] ?? '@cf/some/model')
  const path = nativePaths[api]?.(model, streaming) ?? ''
  const response = await fetch(`${gateway.url}/v1/acc/default/${target}/${path}`, {
    method: 'POST',
    headers: {
      'cf-aig-authorization': `Bearer ${gateway.key}`,
      authorization: 'Bearer sk-test',
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  })
  const logId = response.headers.get('cf-aig-log-id') ?? ''
  return { status: response.status, logId, bytes: Buffer.from(await response.arrayBuffer()) }
}

/** The same providers' Responses API, which they are asked in their own words. */
const responsesCases = hasCorpus
  ? Object.entries(targets).flatMap(([folder, { provider, api }]) =>
      api === 'openai.chat'
        ? readCases(folder)
            .filter((recorded) => recorded.api === 'openai.responses')
            .map((recorded) => ({ ...recorded, target: provider }))
        : [],
    )
  : []

async function rowsUntil(logId: string): Promise<Map<string, LogRecord>> {
  return poll(async () => {
    const rows = await allRows({ url: gateway.url, key: 'admin' })
    expect(rows.map(({ id }) => id)).toContain(logId)
    return new Map(rows.map((row) => [row.id, row]))
  })
}

describe.skipIf(!hasCorpus)('recorded answers through the gateway (skipped where ../shared/corpus is absent)', () => {
  test.each(Object.values(targets))(
    'every answer of $provider says the same to an OpenAI caller, and its row has its usage',
    async ({ provider }) => {
      const asked: { recorded: (typeof cases)[number]; answer: Answer }[] = []
      for (const recorded of cases.filter(({ target }) => target === provider)) {
        replay = recorded.response
        asked.push({ recorded, answer: await ask(recorded) })
      }
      const rows = await rowsUntil(asked.at(-1)?.answer.logId ?? '')
      const problems = asked.flatMap(({ recorded, answer }) =>
        [...compare(recorded, answer), ...compareUsage(recorded, rows.get(answer.logId))].map(
          (problem) => `${recorded.id}: ${problem}`,
        ),
      )
      expect(problems).toEqual([])
    },
    60_000,
  )

  test.each(Object.values(targets))(
    'every answer of $provider passes untouched on its native path, and its row has its usage',
    async ({ provider }) => {
      const asked: { recorded: (typeof cases)[number]; answer: { status: number; logId: string; bytes: Buffer } }[] = []
      for (const recorded of cases.filter(({ target }) => target === provider)) {
        replay = recorded.response
        asked.push({ recorded, answer: await askNatively(recorded) })
      }
      const rows = await rowsUntil(asked.at(-1)?.answer.logId ?? '')
      const problems = asked.flatMap(({ recorded, answer }) => {
        const isSame = answer.status === recorded.response.status && answer.bytes.equals(bytesOf(recorded.response))
        const usage = recorded.response.status < 300 ? compareUsage(recorded, rows.get(answer.logId)) : []
        return [...(isSame ? [] : ['changed']), ...usage].map((problem) => `${recorded.id}: ${problem}`)
      })
      expect(problems).toEqual([])
    },
    60_000,
  )

  test('every answer of the Responses API passes untouched, and its row has its usage', async () => {
    expect(responsesCases.length).toBeGreaterThan(50)
    const asked: { recorded: (typeof cases)[number]; answer: { status: number; logId: string; bytes: Buffer } }[] = []
    for (const recorded of responsesCases) {
      replay = recorded.response
      asked.push({ recorded, answer: await askNatively(recorded) })
    }
    const rows = await rowsUntil(asked.at(-1)?.answer.logId ?? '')
    const problems = asked.flatMap(({ recorded, answer }) => {
      const isSame = answer.status === recorded.response.status && answer.bytes.equals(bytesOf(recorded.response))
      const usage = recorded.response.status < 300 ? compareUsage(recorded, rows.get(answer.logId)) : []
      return [...(isSame ? [] : ['changed']), ...usage].map((problem) => `${recorded.id}: ${problem}`)
    })
    expect(problems).toEqual([])
  }, 60_000)
})
