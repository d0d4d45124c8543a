import { createHealth, createMemoryHealthBoard } from '@gw/gateway'
import { createSimulator } from '@gw/simulator'
import { describe, expect, test, vi } from 'vitest'
import { keysOf } from '../keys-of.ts'
import { providerFaults, type MoneySays, type ProviderFault } from './provider-fault-rows.ts'
import { startCountedGateway } from './start-counted-gateway.ts'

/** The simulator counts words: two in "hello there", four in "You said: hello there". */
const usage = { input: 2, output: 4 }
/** gpt-4o-mini costs $0.15 in and $0.60 out per million. */
const inputPrice = 150
const outputPrice = 600

/** A gateway whose provider fails in one way, whatever it is asked. */
async function startFaulty(fault: string) {
  const simulator = createSimulator({ now: () => Date.now() })
  const startedAt = Date.now()
  const isSilent = fault.startsWith('stall:')
  let silentMs = 0
  return startCountedGateway(({ limits }) => ({
    keyResolver: keysOf({ OPENAI_API_KEY: 'sk-a' }),
    // As of the start of the test, whenever it is asked.
    health: createHealth({ board: createMemoryHealthBoard({ now: () => startedAt }), now: () => startedAt }),
    now: () => (isSilent ? Date.now() + silentMs : startedAt),
    limits: { ...limits, idleMs: 100 },
    fetch: async (request) => {
      // Silence lasts a tenth of a second here, and as long as a gateway bears it elsewhere.
      silentMs = limits.idleMs
      const headers = new Headers(request.headers)
      headers.set('x-sim-fault', fault)
      return simulator.fetch(new Request(request, { headers }))
    },
  }))
}

/** Characters of output in a stream of either format. */
function delivered(text: string): number {
  const events = text.matchAll(/^data: (\{.*\})\r?$/gm)
  return [...events].reduce((sum, [, json = '{}']) => {
    const { choices, delta } = JSON.parse(json)
    const words: unknown = choices?.[0]?.delta?.content ?? delta?.text
    return sum + (typeof words === 'string' ? words.length : 0)
  }, 0)
}

/** What the row must say, worked out from what the caller has seen. */
function expectedMoney(money: MoneySays, { stream }: ProviderFault, text: string) {
  if (money === 'free' || money === 'given up') return { usage_source: 'free_failed', usage: {}, cost_nano_usd: 0 }
  if (money === 'unknown') return { usage_source: 'estimated', cost_nano_usd: null }
  if (money === 'reported') {
    const cost = usage.input * inputPrice + usage.output * outputPrice
    return { usage_source: 'reported', usage, cost_nano_usd: cost }
  }
  // Four characters a token, rounded up: 11 of the prompt, and what was delivered; whole answers say "You said: hello there".
  const output = Math.ceil((stream ? delivered(text) : 21) / 4)
  return {
    usage_source: 'estimated',
    usage: { input: 3, output },
    cost_nano_usd: 3 * inputPrice + output * outputPrice,
  }
}

const target = 'openai/gpt-4o-mini'

/** What a target's health must be after one attempt at it, which ended at no later time than it was asked for. */
function expectedHealth({ health: says, errorType }: ProviderFault, now: number) {
  if (says === 'nothing') return { status: 'unknown', uptime: 1 }
  if (says === 'success') return { status: 'healthy', uptime: 1 }
  const noted = { status: 'healthy', uptime: 1, errorRates: { [errorType ?? '']: 1 } }
  if (says === 'noted') return noted
  // (0 + 10) / (0 + 1 + 10)
  if (says === 'failure') return { ...noted, status: 'degraded', uptime: 10 / 11 }
  return { ...noted, status: 'resting', restsUntil: now + says.restsSeconds * 1000 }
}

const surfaces = [
  { title: 'untranslated', path: '/v1/chat/completions' },
  { title: 'translated', path: '/v1/messages' },
]

describe.each(surfaces)('a caller of $title answers', ({ path }) => {
  test.each(providerFaults)('$what ($fault, stream: $stream)', async (row) => {
    const gateway = await startFaulty(row.fault)
    const body = {
      model: target,
      stream: row.stream,
      max_tokens: 100,
      messages: [{ role: 'user', content: 'hello there' }],
    }
    const response = await gateway.post(path, body, row.headers)
    const text = await response.text().catch(() => '')
    expect(response.status).toBe(row.status)
    expect(text.includes('"error"')).toBe(row.caller !== 'answer')

    const found = await gateway.onlyRow()
    expect([found.ending, found.error_type, found.success]).toEqual([
      row.ending,
      row.errorType,
      row.ending === 'complete',
    ])
    expect(found).toMatchObject(expectedMoney(row.money, row, text))
    expect(found.attempts.map(({ error_type }) => error_type)).toEqual([row.status === 200 ? null : row.errorType])

    // Nothing stays set aside, and the budget has what the row says.
    expect(await gateway.spent()).toBe(found.charged_nano_usd)
    expect(found.charged_nano_usd === found.cost_nano_usd).toBe(row.money !== 'unknown' && row.money !== 'given up')
    expect(found.charged_nano_usd === 0).toBe(row.money === 'free')
    expect(await gateway.permits()).toBe(1)

    const { health, now } = gateway.deps
    await vi.waitFor(() => {
      const { status, uptime, errorRates, restsUntil } = health.judge('default', target)
      expect({ status, uptime, errorRates, restsUntil }).toEqual(expectedHealth(row, now()))
    })
  })
})
