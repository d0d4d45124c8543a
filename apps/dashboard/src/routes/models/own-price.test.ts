import { expect, test } from 'vitest'
import { describePrice, pricesOfModel, toPrices } from './own-price.ts'

test('what is empty is not set, and 0 is a price', () => {
  expect(toPrices({ input: '1.5', output: '0', cache_read: ' ', cache_write_5m: '' })).toEqual({
    input: 1.5,
    output: 0,
  })
})

test('finds those of the model, the latest first', () => {
  const price = (id: string, model: string, from: number) => ({
    id,
    org_id: 'o',
    provider: 'p',
    model,
    prices: {},
    from,
    created_at: 1,
  })
  const all = [price('a', 'm', 0), price('b', 'm', 5), price('c', 'other', 9)]
  expect(pricesOfModel(all, { provider: 'p', model: 'm' }).map(({ id }) => id)).toEqual(['b', 'a'])
})

test('says a price in words', () => {
  expect(describePrice({ input: 1, cache_read: [2.5, [200_000, 5]] })).toBe('input $1, cache read by tiers')
})
