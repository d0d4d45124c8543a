import { expect, test } from 'vitest'
import { groupRejected } from './group-rejected.ts'

test('groups by the first reason, largest first, and keeps all words', () => {
  const reason = (code: 'no_key' | 'context', message: string) => ({ code, message })
  const one = (id: string, ...reasons: ReturnType<typeof reason>[]) => ({ id, provider: 'p', model: id, reasons })
  const groups = groupRejected([
    one('a', reason('context', 'Too small.')),
    one('b', reason('no_key', 'No key.'), reason('context', 'Too small.')),
    one('c', reason('no_key', 'No key.')),
  ])
  expect(groups).toEqual([
    {
      code: 'no_key',
      targets: [
        { id: 'b', message: 'No key. Too small.' },
        { id: 'c', message: 'No key.' },
      ],
    },
    { code: 'context', targets: [{ id: 'a', message: 'Too small.' }] },
  ])
})
