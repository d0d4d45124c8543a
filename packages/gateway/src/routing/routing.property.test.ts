import type { ErrorType } from '@gw/adapters'
import { findModel, type Model } from '@gw/catalog'
import { createGatewayKey, createKeyResolver, createMemoryKeyStore, type KeyScopes } from '@gw/keys'
import type { Constraints, FallbackRule, HealthVerdict, Strategy } from '@gw/router'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { behave } from '../__fixtures__/any-upstream.ts'
import { startMemoryGateway } from '../__fixtures__/memory-gateway.ts'
import { createMemoryGatewayStore } from '../gateways/create-memory-gateway-store.ts'
import type { GatewaySettings } from '../gateways/gateway-store.ts'
import { createHealth } from '../health/create-health.ts'
import { createMemoryHealthBoard } from '../health/create-memory-health-board.ts'
import type { LogRecord } from '../logs/log-record.ts'

const now = (): number => 1_795_000_000_000
const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes)

/** Targets, with who made them. */
const vendors: Readonly<Record<string, string>> = {
  'openai/gpt-4o-mini': 'openai',
  'openai/gpt-4o': 'openai',
  'anthropic/claude-haiku-4-5': 'anthropic',
  'anthropic/claude-sonnet-4-5': 'anthropic',
  'google-ai-studio/gemini-2.5-flash': 'google',
  'groq/llama-3.3-70b-versatile': 'meta',
  'groq/openai/gpt-oss-120b': 'openai',
  'workers-ai/@cf/openai/gpt-oss-20b': 'openai',
}
const all = Object.keys(vendors)
const variables: Readonly<Record<string, string>> = {
  openai: 'OPENAI_API_KEY',
  anthropic: 'ANTHROPIC_API_KEY',
  'google-ai-studio': 'GEMINI_API_KEY',
  groq: 'GROQ_API_KEY',
  'workers-ai': 'CLOUDFLARE_API_TOKEN',
}
const providerOf = (id: string): string => id.slice(0, id.indexOf('/'))
const modelOf = (id: string): string => id.slice(id.indexOf('/') + 1)

/** What of the catalog bears on the constraints; Workers AI is free with the operator's own token. */
function factsOf(id: string): Model & { price: number } {
  const model = findModel({ provider: providerOf(id), model: modelOf(id) }, now())
  if (!model) throw new Error(`The catalog does not know ${id}.`)
  const { inputPerMillionUsd: input = NaN, outputPerMillionUsd: output = NaN } = model
  return { ...model, price: providerOf(id) === 'workers-ai' ? 0 : (3 * input + output) / 4 }
}

/** What a provider says, by what it means. */
const failures = {
  rate_limit: [429, { message: 'Too many requests.', code: 'rate_limit_exceeded' }],
  quota_exceeded: [429, { message: 'No.', code: 'insufficient_quota' }],
  auth: [401, { message: 'No.', code: 'invalid_api_key' }],
  model_not_found: [404, { message: 'No.', code: 'model_not_found' }],
  context_length: [400, { message: 'No.', code: 'context_length_exceeded' }],
  content_filter: [400, { message: 'No.', code: 'content_filter' }],
  invalid_request: [400, { message: 'No.' }],
  timeout: [504, { message: 'No.' }],
  upstream_error: [500, { message: 'No.' }],
} as const satisfies Record<ErrorType, readonly [number, object]>
const types = Object.keys(failures).filter((type): type is ErrorType => type in failures)

interface World {
  models: string[]
  strategy: Strategy
  constraints: Constraints
  gatewayConstraints: Constraints
  scopes: KeyScopes
  /** Providers that have a key. */
  keyed: string[]
  /** How each target fails; those that are not named answer. */
  failing: Partial<Record<string, ErrorType>>
  requests: number
}

const some = (values: readonly string[]) => fc.subarray([...values], { minLength: 1 })
const anyConstraints: fc.Arbitrary<Constraints> = fc.record(
  {
    max_price: fc.constantFrom(0, 0.3, 1, 2, 10),
    min_quality: fc.constantFrom(0, 5, 6, 7, 9),
    context: fc.constantFrom(1000, 130_000, 200_000, 1_000_000),
    capabilities: some(['vision', 'tools', 'reasoning']),
    deny: some(['openai', 'groq/*', '*/claude-*', 'workers-ai/@cf/openai/gpt-oss-20b']),
    allow: some(['OpenAI', 'anthropic/*', '*/gpt-*', 'google-ai-studio/gemini-2.5-flash', 'workers-ai']),
  },
  { requiredKeys: [] },
)
const seldom = <T>(arbitrary: fc.Arbitrary<T>, otherwise: T) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(otherwise) }, { weight: 1, arbitrary })
const anyScopes: fc.Arbitrary<KeyScopes> = fc.oneof(
  fc.record({ providers: some(Object.keys(variables)) }),
  fc.record({ models: some(all) }),
)
const worlds: fc.Arbitrary<World> = fc.record({
  models: some(all),
  strategy: fc.constantFrom('cheapest', 'fastest', 'quality', 'balanced'),
  constraints: seldom(anyConstraints, {}),
  gatewayConstraints: seldom(anyConstraints, {}),
  scopes: seldom(anyScopes, {}),
  keyed: fc.oneof(fc.constant(Object.keys(variables)), some(Object.keys(variables))),
  failing: fc.oneof(
    fc.dictionary(fc.constantFrom(...all), fc.constantFrom(...types)),
    fc
      .tuple(...all.map(() => fc.constantFrom(...types)))
      .map((how) => Object.fromEntries(all.map((id, at) => [id, how[at]]))),
  ),
  requests: fc.integer({ min: 1, max: 4 }),
})

const patterns = (list: readonly string[], id: string): boolean =>
  list.some((pattern) => {
    const whole = pattern.includes('/') ? pattern : `${pattern}/*`
    return new RegExp(`^${whole.replaceAll(/[.@]/g, String.raw`\$&`).replaceAll('*', '.*')}$`, 'i').test(id)
  })

function satisfies(
  id: string,
  { max_price, min_quality, context, capabilities = [], deny = [], allow }: Constraints,
): boolean {
  const facts = factsOf(id)
  return (
    facts.price <= (max_price ?? Infinity) &&
    (facts.quality ?? NaN) >= (min_quality ?? 0) &&
    (context === undefined || (facts.contextWindow ?? 0) >= context) &&
    capabilities.every((wanted) => facts.capabilities.some((capability) => capability === wanted)) &&
    !patterns(deny, id) &&
    (allow === undefined || patterns(allow, id))
  )
}

/** Whether a target may answer at all, by the documentation. */
const isEligible = (id: string, { models, constraints, gatewayConstraints, scopes, keyed }: World): boolean =>
  models.includes(id) &&
  keyed.includes(providerOf(id)) &&
  (scopes.providers?.includes(providerOf(id)) ?? true) &&
  (scopes.models?.includes(id) ?? true) &&
  satisfies(id, constraints) &&
  satisfies(id, gatewayConstraints)

/** Whether a target may follow one that failed, by the table of the documentation. */
function mayFollow(next: string, { id, type }: { id: string; type: string }): boolean {
  if (type === 'invalid_request') return false
  if (type === 'content_filter') return vendors[next] !== vendors[id]
  if (type === 'context_length') return (factsOf(next).contextWindow ?? 0) > (factsOf(id).contextWindow ?? 0)
  return true
}

/** Whether it may follow all that failed before it: a request that is too long for one stays too long. */
const mayFollowAll = (next: string, failed: readonly { id: string; type: string | null }[]): boolean =>
  failed.every(({ id, type }) => type === null || mayFollow(next, { id, type }))

async function start(
  settings: GatewaySettings,
  { scopes, keyed, failing }: Pick<World, 'scopes' | 'keyed' | 'failing'>,
) {
  const called: string[] = []
  const fetch = async (request: Request): Promise<Response> => {
    const asked = `${new URL(request.url).pathname} ${await request.clone().text()}`
    const id = all.find(
      (target) =>
        asked.includes(modelOf(target)) &&
        !all.some(
          (longer) => longer !== target && modelOf(longer).includes(modelOf(target)) && asked.includes(modelOf(longer)),
        ),
    )
    if (id === undefined) throw new Error('Nobody knows this model.')
    called.push(id)
    const type = failing[id]
    if (type === undefined) return behave(request, { kind: 'right' })
    const [status, error] = failures[type]
    return Response.json({ error }, { status })
  }
  const env = Object.fromEntries(keyed.map((provider) => [variables[provider], 'sk']))
  const health = createHealth({ board: createMemoryHealthBoard({ now }), now })
  const key = await createGatewayKey({ id: 'k', orgId: 'default', secret: 'gw_test', scopes })
  const gateway = await startMemoryGateway(fetch, {
    keys: createMemoryKeyStore([key]),
    gateways: createMemoryGatewayStore([{ orgId: 'default', id: 'default', settings }]),
    keyResolver: createKeyResolver({ env, now, random }),
    health,
  })
  const ask = async (model: string, constraints: Constraints = {}) => {
    const before = new Map(all.map((id) => [id, health.judge('default', id)]))
    const count = gateway.rows.length
    const from = called.length
    const response = await gateway.app.request('https://gw.test/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: 'Bearer gw_test', 'content-type': 'application/json' },
      body: JSON.stringify({
        model,
        messages: [{ role: 'user', content: 'Hi' }],
        max_tokens: 20,
        'gw-constraints': constraints,
      }),
    })
    const text = await response.text()
    await gateway.rowsReach(count + 1)
    const row = gateway.rows[count]
    if (!row) throw new Error('The request has no row.')
    return { status: response.status, text, row, before, called: called.slice(from) }
  }
  return { ...gateway, ask, called }
}

type Asked = Awaited<ReturnType<Awaited<ReturnType<typeof start>>['ask']>>

const attemptsOf = ({ attempts }: LogRecord) =>
  attempts.map(({ provider, model, error_type }) => ({ id: `${provider}/${model}`, type: error_type }))

const isResting = (verdict: HealthVerdict | undefined): boolean => verdict?.status === 'resting'

/** What is wrong with how a request went; empty where nothing is. */
function findWrongs({ status, row, before, called }: Asked, world: World): string[] {
  const attempts = attemptsOf(row)
  const eligible = all.filter((id) => isEligible(id, world))
  const wrongs = attempts.flatMap(({ id, type }, index) => [
    ...(eligible.includes(id) ? [] : [`${id} is not eligible`]),
    ...(isResting(before.get(id)) ? [`${id} rests`] : []),
    ...(attempts.findIndex((earlier) => earlier.id === id) < index ? [`${id} was tried before`] : []),
    ...(type === (world.failing[id] ?? null) ? [] : [`${id} failed as ${type}`]),
    ...(type === null && index + 1 < attempts.length ? [`${id} had answered`] : []),
    ...(mayFollowAll(id, attempts.slice(0, index)) ? [] : [`${id} would fail alike`]),
  ])
  if (called.join(' ') !== attempts.map(({ id }) => id).join(' ')) wrongs.push(`called were ${called.join(' ')}`)
  const last = attempts.at(-1)
  if ((status === 200) !== (last?.type === null)) wrongs.push(`status ${status} after ${last?.type}`)
  const counted = attempts.filter(({ type }) => type !== 'model_not_found')
  if (last?.type === null || counted.length === 5) return wrongs
  const left = eligible.filter((id) => {
    const verdict = before.get(id)
    if (isResting(verdict) || attempts.some((attempt) => attempt.id === id)) return false
    if (!last || last.type === null) return true
    const isWorse = (verdict?.uptime ?? 1) < (before.get(last.id)?.uptime ?? 1) - 0.25 + 0.1
    return !isWorse && mayFollowAll(id, attempts)
  })
  return left.length === 0 ? wrongs : [...wrongs, `left were ${left.join(' ')}`]
}

test('every attempt is at a target that may answer, and none that may is left while there is no answer', async () => {
  const seen = { attempts: 0, answers: 0, refused: 0, fallbacks: 0 }
  const property = fc.asyncProperty(worlds, async (world) => {
    const { models, strategy, gatewayConstraints, constraints, requests } = world
    const settings = { routing: { models, strategy, constraints: gatewayConstraints } }
    const gateway = await start(settings, world)
    for (let count = 0; count < requests; count += 1) {
      const asked = await gateway.ask('auto', constraints)
      expect([world, asked.text, attemptsOf(asked.row), findWrongs(asked, world)]).toEqual([
        world,
        asked.text,
        attemptsOf(asked.row),
        [],
      ])
      seen.attempts += asked.row.attempts.length
      seen.answers += Number(asked.status === 200)
      seen.refused += Number(asked.row.attempts.length === 0)
      seen.fallbacks += Number(asked.row.attempts.length > 1)
    }
    expect(gateway.reports).toEqual([])
  })
  await fc.assert(property, { numRuns: 250 })
  // It did not pass for want of something to see.
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(40)
}, 60_000)

const targets = fc.constantFrom(...all)
const failingAt = fc
  .record({ world: worlds, named: targets, type: fc.constantFrom(...types) })
  .map(({ world, named, type }) => ({ named, world: { ...world, failing: { ...world.failing, [named]: type } } }))
const rules: fc.Arbitrary<FallbackRule[]> = fc.array(
  fc.record(
    {
      models: some(['openai', 'anthropic/*', '*/gpt-*', 'groq']),
      on: fc.subarray(types, { minLength: 1 }),
      to: fc.oneof(
        {
          weight: 5,
          arbitrary: fc.array(fc.oneof(targets, fc.constantFrom('auto/quality', 'auto/cheapest')), { maxLength: 4 }),
        },
        { weight: 1, arbitrary: fc.constant('stop' as const) },
      ),
    },
    { requiredKeys: ['to'] },
  ),
  { maxLength: 3 },
)

test('rules lead to what they name, never twice to the same, and the caller hears of the last failure', async () => {
  let answers = 0
  const property = fc.asyncProperty(failingAt, rules, async ({ world, named }, fallbacks) => {
    const { models, strategy, keyed, scopes, failing } = world
    const gateway = await start({ routing: { models, strategy }, fallbacks, free_fallback: false }, world)
    const may = (id: string): boolean =>
      isEligible(id, { ...world, models: all, constraints: {}, gatewayConstraints: {} })
    const known = new Set([named, ...models, ...fallbacks.flatMap(({ to }) => (to === 'stop' ? [] : to))])
    for (let count = 0; count < world.requests; count += 1) {
      const { status, row, text, called } = await gateway.ask(named)
      const story = {
        named,
        fallbacks,
        models,
        keyed,
        scopes,
        failing,
        text,
        called,
        attempts: attemptsOf(row),
        fell: row.routing?.fallbacks,
      }
      const isRight = called.every((id, index) => may(id) && known.has(id) && called.indexOf(id) === index)
      expect([story, isRight]).toEqual([story, true])
      const last = attemptsOf(row).at(-1)
      expect([story, status === 200]).toEqual([story, last?.type === null])
      expect([story, last === undefined || row.error_type === last.type]).toEqual([story, true])
      answers += Number(status === 200 && called.length > 1)
    }
    expect(gateway.reports).toEqual([])
  })
  await fc.assert(property, { numRuns: 250 })
  expect(answers).toBeGreaterThan(5)
}, 60_000)
