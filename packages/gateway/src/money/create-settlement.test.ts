import { describe, expect, test } from 'vitest'
import { nothing, type AnswerCost } from './cost-of-answer.ts'
import { createSettlement, type Settlement } from './create-settlement.ts'

const cost: AnswerCost = {
  usage: { input: 10, output: 5 },
  usage_source: 'reported',
  cost_nano_usd: 300,
  bill: [],
  price_version: 'v',
  milli_neurons: null,
}
const held = { nanoUsd: 1000, milliNeurons: undefined }
const uncounted = { nanoUsd: undefined, milliNeurons: undefined }

function answering(): Settlement {
  const money = createSettlement()
  money.reserve(held)
  money.answer()
  return money
}

describe('how a request can end', () => {
  test.each(['reported', 'estimated', 'cached', 'free_failed'] as const)('%s, once its answer has ended', (source) => {
    const money = answering()
    expect(money.settle({ ...cost, usage_source: source })).toMatchObject({
      usage_source: source,
      charged_nano_usd: 300,
    })
    expect(money.state()).toBe(source)
  })

  test('free, when nobody was asked', () => {
    expect(createSettlement().fail()).toMatchObject({
      usage_source: 'free_failed',
      cost_nano_usd: 0,
      charged_nano_usd: null,
    })
  })

  test('free, when every attempt failed, and what was reserved returns', () => {
    const money = createSettlement()
    money.reserve(held)
    money.drop({ mayCost: false })
    money.reserve(held)
    money.drop({ mayCost: false })
    expect(money.fail()).toMatchObject({ usage_source: 'free_failed', cost_nano_usd: 0, charged_nano_usd: 0 })
  })

  test('unknown, when the provider had begun; budgets count what was reserved', () => {
    const money = createSettlement()
    money.reserve(held)
    expect(money.drop({ mayCost: true })).toMatchObject({ cost_nano_usd: null })
    expect(money.fail()).toMatchObject({ usage_source: 'estimated', cost_nano_usd: null, charged_nano_usd: 1000 })
  })

  test('free, when we gave up waiting; budgets keep what was reserved', () => {
    const money = createSettlement()
    money.reserve(held)
    money.drop({ mayCost: false, wasUnderWay: true })
    expect(money.fail()).toMatchObject({ usage_source: 'free_failed', cost_nano_usd: 0, charged_nano_usd: 1000 })
  })

  test('unknown, when the gateway itself failed within an attempt', () => {
    const money = createSettlement()
    money.reserve(held)
    expect(money.fail()).toMatchObject({ cost_nano_usd: null, charged_nano_usd: 1000 })
  })
})

describe('what budgets count', () => {
  test('the cost of the answer and what an attempt before it may have cost', () => {
    const money = createSettlement()
    money.reserve(held)
    money.drop({ mayCost: true })
    expect(money.carried()).toEqual({ nanoUsd: 1000, milliNeurons: 0 })
    money.reserve({ nanoUsd: 400, milliNeurons: undefined })
    money.answer()
    expect(money.settle(cost)).toMatchObject({ cost_nano_usd: 300, charged_nano_usd: 1300 })
  })

  test('the list price, where the caller named one; without a list price no more than was reserved', () => {
    expect(answering().settle({ ...cost, cost_nano_usd: 1, list_nano_usd: 300 }).charged_nano_usd).toBe(300)
    expect(answering().settle({ ...cost, cost_nano_usd: 500, list_nano_usd: 300 }).charged_nano_usd).toBe(300)
    expect(answering().settle({ ...cost, cost_nano_usd: 9e15, list_nano_usd: null }).charged_nano_usd).toBe(1000)
  })

  test('what was reserved, where the price is unknown', () => {
    expect(answering().settle({ ...cost, cost_nano_usd: null }).charged_nano_usd).toBe(1000)
  })

  test('nothing, where no budget applies', () => {
    const money = createSettlement()
    money.reserve(uncounted)
    money.answer()
    expect(money.settle(cost).charged_nano_usd).toBe(null)
  })

  test('neurons as they were used, or as they were set aside where nobody says', () => {
    const withNeurons = (): Settlement => {
      const money = createSettlement()
      money.reserve({ nanoUsd: undefined, milliNeurons: 77 })
      money.answer()
      return money
    }
    expect(withNeurons().settle({ ...cost, milli_neurons: 5 }).milli_neurons).toBe(5)
    expect(withNeurons().settle(cost).milli_neurons).toBe(77)
  })
})

test('a preview changes nothing', () => {
  const money = answering()
  expect(money.preview(cost)).toEqual(money.preview(cost))
  expect(money.state()).toBe('streaming')
})

test.each<[string, (money: Settlement) => void]>([
  ['settle twice', (money) => (money.answer(), money.settle(cost), money.settle(cost))],
  ['fail after it was settled', (money) => (money.answer(), money.settle(cost), money.fail())],
  ['reserve again while it answers', (money) => (money.answer(), money.reserve(held))],
  ['settle before it answers', (money) => money.settle(cost)],
  ['drop an answer', (money) => (money.answer(), money.drop({ mayCost: false }))],
])('nobody can %s', (_, steps) => {
  const money = createSettlement()
  money.reserve(held)
  expect(() => steps(money)).toThrow(/cannot go from/)
})

describe('an answer in two parts', () => {
  const first: AnswerCost = { ...cost, usage_source: 'estimated', bill: [line('output', 300)] }
  const second: AnswerCost = {
    ...cost,
    usage: { input: 40, output: 7, cache_read: 2 },
    cost_nano_usd: 90,
    bill: [line('output', 90)],
    price_version: 'w',
  }

  test('costs what both cost, and a budget counts both', () => {
    const money = answering()
    money.breakOff(first)
    expect([money.state(), money.hasTried(), money.carried()]).toEqual([
      'broken',
      true,
      { nanoUsd: 300, milliNeurons: 0 },
    ])
    money.reserve(held)
    money.answer()
    expect(money.settle(second)).toEqual({
      usage: { input: 50, output: 12, cache_read: 2 },
      usage_source: 'estimated',
      cost_nano_usd: 390,
      bill: [line('output', 300), line('output', 90)],
      price_version: 'parts',
      milli_neurons: null,
      charged_nano_usd: 390,
    })
  })

  test('costs the first where nobody goes on, and what the failed attempt may have cost is counted', () => {
    const money = answering()
    money.breakOff(first)
    money.reserve(held)
    money.drop({ mayCost: true })
    money.answer()
    expect(money.settle(nothing)).toMatchObject({
      cost_nano_usd: 300,
      usage_source: 'estimated',
      charged_nano_usd: 1300,
    })
  })

  test('costs nobody knows what where that holds for one part; a budget keeps what was reserved for it', () => {
    const money = answering()
    money.breakOff({ ...first, cost_nano_usd: null })
    money.reserve(held)
    money.answer()
    expect(money.settle(second)).toMatchObject({ cost_nano_usd: null, charged_nano_usd: 1090 })
  })
})

function line(name: string, nanoUsd: number) {
  return {
    class: name,
    quantity: 1,
    unit: 'tokens',
    unit_price_nano_usd: nanoUsd,
    unit_price_per: 1,
    nano_usd: nanoUsd,
  }
}
