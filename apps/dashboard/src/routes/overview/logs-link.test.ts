import { expect, test } from 'vitest'
import { parseQuery } from '../../filters/parse-query.ts'
import { bucketRange, logsLink } from './logs-link.ts'

test('a link to the logs keeps time and filters, and narrows them', () => {
  expect(logsLink(parseQuery('provider:openai'), { range: '7d' }, [{ key: 'model', value: 'gpt-4o' }])).toEqual({
    range: '7d',
    q: 'provider:openai model:gpt-4o',
  })
  expect(logsLink(parseQuery('provider:openai'), {}, [{ key: 'provider', value: 'groq' }])).toEqual({
    q: 'provider:groq',
  })
  expect(logsLink(parseQuery(''), { from: '1', to: '2' }, [{ key: 'user_id', value: '' }])).toEqual({
    from: '1',
    to: '2',
    q: 'user:none',
  })
})

test('a bucket at the edge is no longer than what is shown', () => {
  const hour = 3_600_000
  expect(bucketRange(2 * hour, 'hour', { from: 2 * hour + 5, to: 9 * hour })).toEqual({
    from: String(2 * hour + 5),
    to: String(3 * hour),
  })
})
