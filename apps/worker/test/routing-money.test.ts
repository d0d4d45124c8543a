import {
  budgetCounters,
  createHealth,
  createMemoryAccountStore,
  createMemoryGatewayStore,
  createMemoryHealthBoard,
  ledgerName,
  type Budget,
  type Deps,
  type GatewaySettings,
} from '@gw/gateway'
import { describe, expect, test } from 'vitest'
import { keysOf } from './keys-of.ts'
import { startGateway } from './start-gateway.ts'

const hi = [{ role: 'user', content: 'hello there' }]
const chat = '/v1/chat/completions'
const [sonnet, haiku, mini, oss] = [
  'anthropic/claude-sonnet-4-5',
  'anthropic/claude-haiku-4-5',
  'openai/gpt-4o-mini',
  'workers-ai/@cf/openai/gpt-oss-20b',
] as const
const models = [sonnet, haiku, mini, oss]
const keyResolver = keysOf({ OPENAI_API_KEY: 'sk-a', ANTHROPIC_API_KEY: 'sk-ant-a', CLOUDFLARE_API_TOKEN: 'cf' })

interface Start {
  settings: GatewaySettings
  /** What a hard budget of the organisation has left, nano-USD. */
  leftNanoUsd?: number
  neuronsPerDay?: number
  change?: (deps: Deps) => Partial<Deps>
}

/** A gateway with a Cloudflare account and a budget that no other test has. */
async function start({ settings, leftNanoUsd, neuronsPerDay = 10_000, change = () => ({}) }: Start) {
  const id = crypto.randomUUID()
  const about = { orgId: 'default', name: 'Test', scope: 'org', scopeId: null, createdAt: 0, disabledAt: null } as const
  const budget: Budget = { ...about, id, period: 'total', limitNanoUsd: 1_000_000_000, mode: 'hard' }
  const budgets = leftNanoUsd === undefined ? [] : [budget]
  const gateway = await startGateway((deps) => ({
    keyResolver,
    gateways: createMemoryGatewayStore([{ orgId: 'default', id: 'default', settings }]),
    health: createHealth({ board: createMemoryHealthBoard(deps), now: deps.now }),
    accounts: createMemoryAccountStore({ budgets }),
    variables: { ...deps.variables, account: id },
    neuronsPerDay,
    ...change(deps),
  }))
  const counters = budgetCounters(budgets, { userId: null, gatewayKeyId: '', gatewayId: '', route: null })
  const ledger = gateway.deps.ledgers.open(ledgerName.budgets('default'))
  const amount = budget.limitNanoUsd - (leftNanoUsd ?? 0)
  await ledger.reserve({ id, counters, amount, holdMs: 60_000 })
  await ledger.settle([{ id, amount }])
  const ask = (model: string, body: object = {}, headers: Record<string, string> = {}) =>
    gateway.post(chat, { model, messages: hi, ...body }, { 'gw-free-fallback': 'off', ...headers })
  return {
    ...gateway,
    ask,
    explain: async (model: string, body: object = {}) => {
      const response = await ask(model, body, { 'gw-explain': 'true' })
      const { ranked, rejected } = await response.json<{
        ranked: { id: string; usd_per_million: number }[]
        rejected: { id: string; reasons: { code: string }[] }[]
      }>()
      return {
        ranked: ranked.map((target) => target.id),
        rejected: Object.fromEntries(rejected.map((target) => [target.id, target.reasons.map(({ code }) => code)])),
      }
    },
  }
}

describe('a hard budget that is nearly used', () => {
  test('leads to what still fits, and explain says `budget` of the others', async () => {
    const gateway = await start({ settings: { routing: { models } }, leftNanoUsd: 10 })
    expect(await gateway.explain('auto/quality')).toEqual({
      ranked: [oss],
      rejected: { [sonnet]: ['budget'], [haiku]: ['budget'], [mini]: ['budget'] },
    })
  })

  test('what is free within the neurons needs no budget', async () => {
    const gateway = await start({ settings: { routing: { models } }, leftNanoUsd: 10 })
    const response = await gateway.ask('auto/quality')
    expect([response.status, response.headers.get('gw-provider')]).toEqual([200, 'workers-ai'])
    expect(await gateway.rowOf(response)).toMatchObject({ cost_nano_usd: 0, key_source: 'free', price_version: 'free' })
  })

  test('leads to the cheaper model where that one alone fits', async () => {
    // 100 tokens out at most: sonnet 1,500,000 nano-USD and its input, haiku 500,000, gpt-4o-mini 60,000.
    const gateway = await start({ settings: { routing: { models: [sonnet, haiku, mini] } }, leftNanoUsd: 600_000 })
    const response = await gateway.ask('auto/quality', { max_completion_tokens: 100 })
    expect([response.status, response.headers.get('gw-model')]).toEqual([200, 'gpt-4o-mini'])
  })

  test('has an answer where something free is there, however many models cost too much', async () => {
    // A cent: every paid model fits it as a rule, and none does at its longest answer.
    for (const strategy of ['quality', 'balanced', 'fastest', 'cheapest']) {
      const gateway = await start({ settings: {}, leftNanoUsd: 10_000_000 })
      const response = await gateway.ask(`auto/${strategy}`)
      expect([strategy, response.status, await response.text()]).toEqual([
        strategy,
        200,
        expect.stringContaining('You said: hello there'),
      ])
    }
  })

  test('that has nothing left refuses where nothing is free, and says why', async () => {
    const gateway = await start({ settings: { routing: { models: [sonnet, mini] } }, leftNanoUsd: 0 })
    const response = await gateway.ask('auto')
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('2 × budget')])
    expect(gateway.simulator.requests).toEqual([])
  })
})

describe('the neurons of the day', () => {
  const settings: GatewaySettings = { neurons_past_limit: 'error', routing: { models: [oss, mini] } }

  test('that are used reject Workers AI where it may not go past them', async () => {
    const gateway = await start({ settings, neuronsPerDay: 0 })
    expect(await gateway.explain('auto/cheapest')).toEqual({ ranked: [mini], rejected: { [oss]: ['neurons'] } })
    expect((await gateway.ask('auto/cheapest')).headers.get('gw-provider')).toBe('openai')
    const alone = await start({ settings: { ...settings, routing: { models: [oss] } }, neuronsPerDay: 0 })
    const response = await alone.ask('auto')
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('1 × neurons')])
  })

  test('that are used give Workers AI its price where it may go past them', async () => {
    const gateway = await start({ settings: { routing: { models: [oss] } }, neuronsPerDay: 0 })
    const response = await gateway.ask('auto/cheapest', {}, { 'gw-explain': 'true' })
    // $0.20 in and $0.30 out: (3 × 0.200002 + 0.300003) / 4
    expect(await response.json()).toMatchObject({ ranked: [{ id: oss, usd_per_million: 0.225 }] })
  })

  test('that end between choice and call lead on to another provider', async () => {
    const change = ({ ledgers }: Deps): Partial<Deps> => ({
      ledgers: {
        open: (name) => ({
          ...ledgers.open(name),
          read: async (counters) =>
            counters.map((counter) => ({
              ...counter,
              used: 0,
              held: 0,
              remaining: counter.limit + 1e9,
              resetsAt: null,
            })),
        }),
      },
    })
    const gateway = await start({ settings, neuronsPerDay: 0, change })
    const response = await gateway.ask('auto/cheapest')
    expect([response.status, response.headers.get('gw-provider')]).toEqual([200, 'openai'])
    const row = await gateway.rowOf(response)
    expect(row.attempts.map(({ provider, status_code }) => [provider, status_code])).toEqual([
      ['workers-ai', null],
      ['openai', 200],
    ])
  })
})
