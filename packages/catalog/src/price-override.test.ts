import { describe, expect, test } from 'vitest'
import { cost, parsePriceOverride, priceVersion, type PriceOverride } from './index.ts'

const at = Date.UTC(2026, 10, 21, 12)
const ref = { provider: 'openai', model: 'gpt-4o' }

const own = (change: Partial<PriceOverride> = {}): PriceOverride => ({
  id: 'po_1',
  provider: 'openai',
  model: 'gpt-4o',
  prices: { input: 1, output: 2 },
  ...change,
})

describe('an own price', () => {
  test("takes the place of the catalog's, whole, and says so", () => {
    // 1,000 × $1 + 200 cached × $1 + 500 × $2 per million = 2,200 µ$.
    const bill = cost({ input: 1000, cache_read: 200, output: 500 }, ref, { at, overrides: [own()] })
    expect(bill).toMatchObject({ nanoUsd: 2_200_000, priceVersion: `override:po_1+${priceVersion}`, model: 'gpt-4o' })
    expect(cost({ input: 1, images: 1 }, ref, { at, overrides: [own()] })).toBeUndefined()
  })

  test('prices a model that the catalog has never heard of', () => {
    const overrides = [own({ provider: 'acme', model: '*', prices: { input: 3, characters: 0.01 } })]
    expect(cost({ input: 10, characters: 100 }, { provider: 'acme', model: 'm' }, { at, overrides })?.nanoUsd).toBe(
      1_030_000,
    )
  })

  test('of one model comes before that of all, and a later one before an earlier', () => {
    const overrides = [
      own({ id: 'all', model: '*', prices: { input: 9 }, from: at }),
      own({ id: 'old', from: at - 2 }),
      own({ id: 'new', model: 'GPT-4o', from: at - 1 }),
      own({ id: 'future', from: at + 1 }),
    ]
    expect(cost({ input: 1 }, ref, { at, overrides })?.priceVersion).toMatch(/^override:new\+/)
    expect(cost({ input: 1 }, { ...ref, model: 'gpt-5' }, { at, overrides })?.priceVersion).toMatch(/^override:all\+/)
    expect(cost({ input: 1 }, ref, { at: at - 3, overrides })?.priceVersion).toBe(priceVersion)
    expect(cost({ input: 1 }, { provider: 'anthropic', model: 'gpt-4o' }, { at, overrides })).toBeUndefined()
  })

  test('of Workers AI counts in neurons only where it is a price of neurons', () => {
    const workers = { provider: 'workers-ai', model: '@cf/openai/gpt-oss-20b' }
    const usage = { input: 1000, neurons: 18.182 }
    const byTokens = own({ provider: 'cloudflare', model: '*', prices: { input: 2 } })
    const bill = cost(usage, workers, { at, overrides: [byTokens] })
    expect([bill?.nanoUsd, bill?.neurons]).toEqual([2_000_000, 18.182])
    // $0.005 per 1,000 neurons: 18.182 × 5,000 nano-USD.
    const byNeurons = { ...byTokens, prices: { neurons: 0.005 } }
    expect(cost(usage, workers, { at, overrides: [byNeurons] })?.nanoUsd).toBe(90_910)
  })
})

describe('parsePriceOverride', () => {
  test('takes prices, tiers and variants', () => {
    const value = {
      id: 'po_2',
      provider: 'acme',
      model: '*',
      prices: { input: [2.5, [200_000, 5]], images: { by: ['size'], usd: { '1024x1024': 20 } }, calls: 0 },
      from: 1_790_000_000_000,
    }
    expect(parsePriceOverride(value)).toEqual(value)
    expect(parsePriceOverride({ ...value, from: undefined, more: 1 })).not.toHaveProperty('more')
  })

  test.each([
    [null, 'A price override must be an object.'],
    [{ ...own(), id: '' }, '`id`'],
    [{ ...own(), provider: 7 }, '`provider`'],
    [{ ...own(), model: ' ' }, '`model`'],
    [{ ...own(), prices: {} }, '`prices`'],
    [{ ...own(), prices: [1] }, '`prices`'],
    [{ ...own(), prices: { tokens: 1 } }, '`prices.tokens`'],
    [{ ...own(), prices: { input: -1 } }, '`prices.input`'],
    [{ ...own(), prices: { input: Number.NaN } }, '`prices.input`'],
    [{ ...own(), prices: { input: '1' } }, '`prices.input`'],
    [{ ...own(), prices: { input: [1, [5, 2], [5, 3]] } }, '`prices.input`'],
    [{ ...own(), prices: { input: [1, [5]] } }, '`prices.input`'],
    [{ ...own(), prices: { images: { by: ['colour'], usd: {} } } }, '`prices.images.by`'],
    [{ ...own(), prices: { images: { by: ['size'], usd: { a: 'x' } } } }, '`prices.images.usd["a"]`'],
    [{ ...own(), from: 'now' }, '`from`'],
  ])('names the field that is wrong: %j', (value, words) => {
    expect(() => parsePriceOverride(value)).toThrow(words)
  })
})
