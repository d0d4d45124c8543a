import { expect, test } from 'vitest'
import * as z from 'zod'
import { secretField, withoutSecrets } from './secret-field.ts'

test('secrets are replaced wherever they are, and nothing else', () => {
  const secret = secretField(z.string())
  const schema = z.strictObject({
    key: secret.optional(),
    name: z.string(),
    deep: z.object({ list: z.array(z.object({ url: z.string(), token: secret.nullable().optional() })).nullable() }),
    headers: z.record(z.string(), secret).default({}),
    gone: secret.optional(),
  })
  const sent = {
    key: 's1',
    name: 'n',
    deep: { list: [{ url: 'u', token: 's2' }, { url: 'v' }] },
    headers: { a: 's3' },
  }
  expect(withoutSecrets(sent, schema)).toEqual({
    key: '[secret]',
    name: 'n',
    deep: { list: [{ url: 'u', token: '[secret]' }, { url: 'v' }] },
    headers: { a: '[secret]' },
  })
  expect(withoutSecrets({ name: 'n', deep: { list: null } }, schema)).toEqual({ name: 'n', deep: { list: null } })
})
