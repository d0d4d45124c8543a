import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { startMemoryGateway } from '../__fixtures__/memory-gateway.ts'
import { createMemoryLedgers } from '../ledger/create-memory-ledgers.ts'
import { ledgerName } from '../ledger/ledger-name.ts'
import { createMemoryAccountStore } from '../people/create-memory-account-store.ts'
import type { Budget } from './budget.ts'
import { toCounter } from './budget-counters.ts'

/** What becomes of a request at its provider. */
const outcomes = ['answers', 'fails', 'breaks', 'says nothing of usage', 'hangs'] as const
type Outcome = (typeof outcomes)[number]

interface Ask {
  outcome: Outcome
  maxTokens: number
  /** Tokens of the answer, in thousandths of the most. */
  share: number
  stream: boolean
  /** When its provider answers, among the others. */
  turn: number
}

const asks = fc.array(
  fc.record<Ask>({
    outcome: fc.constantFrom(...outcomes),
    maxTokens: fc.integer({ min: 1, max: 2000 }),
    share: fc.integer({ min: 0, max: 1000 }),
    stream: fc.boolean(),
    turn: fc.nat(),
  }),
  { minLength: 1, maxLength: 25 },
)
/** Nano-USD; a request of the largest kind may cost 1,700,000. */
const limits = fc.integer({ min: 0, max: 6_000_000 })
const start = 1_795_000_000_000
const prompt = 10

const event = (body: object): string =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o-mini', ...body })}\n\n`

function answer({ outcome, maxTokens, share, stream }: Ask): Response {
  const completion = Math.floor((maxTokens * share) / 1000)
  const usage = { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion }
  const told = outcome === 'says nothing of usage' ? {} : { usage }
  if (outcome === 'fails') return Response.json({ error: { message: 'No.' } }, { status: 500 })
  if (!stream) {
    const message = { role: 'assistant', content: 'word' }
    const body = {
      id: 'c',
      object: 'chat.completion',
      created: 1,
      model: 'gpt-4o-mini',
      choices: [{ index: 0, message, finish_reason: 'stop' }],
      ...told,
    }
    const text = JSON.stringify(body)
    return new Response(outcome === 'breaks' ? text.slice(0, 60) : text, {
      headers: { 'content-type': 'application/json' },
    })
  }
  const first = event({ choices: [{ index: 0, delta: { content: 'word' }, finish_reason: null }] })
  const last =
    event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }) +
    event({ choices: [], ...told }) +
    'data: [DONE]\n\n'
  return new Response(outcome === 'breaks' ? first : first + last, { headers: { 'content-type': 'text/event-stream' } })
}

async function check(list: readonly Ask[], limitNanoUsd: number): Promise<void> {
  const clock = { now: start }
  const now = (): number => clock.now
  const budget: Budget = {
    id: 'b',
    orgId: 'default',
    name: 'B',
    scope: 'org',
    scopeId: null,
    period: 'total',
    limitNanoUsd,
    mode: 'hard',
    createdAt: 0,
    disabledAt: null,
  }
  const ledgers = createMemoryLedgers({ now })
  const state = async () => {
    const [counter] = await ledgers.open(ledgerName.budgets('default')).read([toCounter(budget)])
    if (!counter) throw new Error('The budget has no state.')
    return counter
  }
  const waiting: { ask: Ask; release: () => void }[] = []
  const fetch = async (request: Request): Promise<Response> => {
    const ask = list[Number(request.headers.get('x-ask') ?? JSON.parse(await request.text()).seed)]
    if (!ask) throw new Error('Nobody asked.')
    expect((await state()).used).toBeLessThanOrEqual(limitNanoUsd)
    await new Promise<void>((resolve) => waiting.push({ ask, release: resolve }))
    return answer(ask)
  }
  const accounts = createMemoryAccountStore({ budgets: [budget] })
  const { app, rows, rowsReach } = await startMemoryGateway(fetch, { now, ledgers, accounts })
  const answers = list.map(async ({ maxTokens, stream }, seed) => {
    const response = await app.request('/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: 'Bearer gw_test', 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'openai/gpt-4o-mini',
        seed,
        stream,
        max_tokens: maxTokens,
        messages: [{ role: 'user', content: 'hi' }],
      }),
    })
    await response.text().catch(() => undefined)
  })

  // Everyone has been refused, or waits for the provider.
  const settled = Promise.allSettled(answers)
  while (rows.length + waiting.length < list.length) await new Promise((resolve) => setImmediate(resolve))
  expect((await state()).used).toBeLessThanOrEqual(limitNanoUsd)
  const hung = waiting.filter(({ ask }) => ask.outcome === 'hangs')
  const others = waiting.filter(({ ask }) => ask.outcome !== 'hangs').toSorted((a, b) => a.ask.turn - b.ask.turn)
  for (const { release } of others) release()
  await rowsReach(list.length - hung.length)

  // Those that hang are as good as crashed: what was set aside for them returns.
  const charged = rows.reduce((sum, row) => sum + (row.charged_nano_usd ?? 0), 0)
  const after = await state()
  expect(after.used - after.held).toBe(charged)
  expect(after.held > 0).toBe(hung.length > 0)
  expect(after.used).toBeLessThanOrEqual(limitNanoUsd)
  clock.now += 16 * 60_000
  expect(await state()).toMatchObject({ used: charged, held: 0 })
  for (const { release } of hung) release()
  await settled
}

test('requests at once never pass a hard budget, whatever becomes of them, and what a crash leaves returns', async () => {
  await fc.assert(fc.asyncProperty(asks, limits, check), { numRuns: 100 })
}, 60_000)
