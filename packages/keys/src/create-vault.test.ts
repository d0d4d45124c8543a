import * as fc from 'fast-check'
import { createDecipheriv } from 'node:crypto'
import { expect, test } from 'vitest'
import { masterKeyOf, vaultOf } from './__fixtures__/test-vault.ts'
import { Secret } from './secret.ts'
import { VaultError } from './vault-error.ts'
import type { SealContext } from './vault.ts'

const bound: SealContext = { orgId: 'acme', providerId: 'openai', recordId: 'r1' }
const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

/** AES-256-GCM as node:crypto does it: 12 bytes of IV, the ciphertext, 16 bytes of tag. */
function decrypt(text: string, key: Uint8Array, binding: readonly unknown[]): Buffer {
  const bytes = Buffer.from(text, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
  decipher.setAAD(Buffer.from(JSON.stringify(binding)))
  decipher.setAuthTag(bytes.subarray(-16))
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
}

test('what is sealed is AES-256-GCM in two layers, bound to its record: node:crypto opens it', async () => {
  const sealed = await vaultOf(1).seal(new Secret('sk-live-✓'), bound)
  const dataKey = decrypt(sealed.dataKey, Buffer.alloc(32, 1), ['gw', 1, 'data-key', 'acme', 'openai', 'r1'])
  expect(dataKey.length).toBe(32)
  const secret = decrypt(sealed.text, dataKey, ['gw', 1, 'secret', 'acme', 'openai', 'r1'])
  expect(secret.toString()).toBe('sk-live-✓')
  expect(sealed.version).toBe(vaultOf(1).version)
})

test('any secret comes back as it was', async () => {
  const vault = vaultOf(1)
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '\uFEFFbom', '{"private_key":"…"}'))
  await fc.assert(
    fc.asyncProperty(text, fc.option(fc.string()), fc.string(), async (secret, orgId, recordId) => {
      const context = { orgId, providerId: 'openai', recordId }
      const opened = await vault.open(await vault.seal(new Secret(secret), context), context)
      expect(opened.reveal()).toBe(secret)
    }),
  )
})

test('nothing of a sealed secret comes twice, and nothing shows it', async () => {
  const vault = vaultOf(1)
  const secret = new Secret('sk-live-secret')
  const [one, two] = [await vault.seal(secret, bound), await vault.seal(secret, bound)]
  const ivOf = (text: string): string => text.slice(0, 16)
  expect(new Set([one.dataKey, one.text, two.dataKey, two.text].map(ivOf)).size).toBe(4)
  expect(JSON.stringify(one)).not.toContain('sk-live')
  expect(Buffer.from(one.text, 'base64').toString('latin1')).not.toContain('sk-live')
})

test.each<[string, SealContext]>([
  ['another organisation', { ...bound, orgId: 'other' }],
  ['the operator', { ...bound, orgId: null }],
  ['another provider', { ...bound, providerId: 'azure-openai' }],
  ['another record', { ...bound, recordId: 'r2' }],
])('a sealed secret that is moved to %s neither opens nor is wrapped anew', async (_, context) => {
  const sealed = await vaultOf(1).seal(new Secret('sk'), bound)
  const error = await failureOf(vaultOf(1).open(sealed, context))
  expect(error).toBeInstanceOf(VaultError)
  expect(error).toMatchObject({ code: 'tampered' })
  expect(await failureOf(vaultOf(2, 1).rewrap(sealed, context))).toMatchObject({ code: 'tampered' })
})

test.each<[string, SealContext, SealContext]>([
  ['null and "null"', { ...bound, orgId: null }, { ...bound, orgId: 'null' }],
  [
    'parts that join to the same text',
    { orgId: 'a', providerId: 'b","c', recordId: 'd' },
    { orgId: 'a', providerId: 'b', recordId: 'c","d' },
  ],
])('contexts cannot be taken for each other: %s', async (_, one, other) => {
  const sealed = await vaultOf(1).seal(new Secret('sk'), one)
  expect(await failureOf(vaultOf(1).open(sealed, other))).toMatchObject({ code: 'tampered' })
})

test('a change of any byte, or of the layers, is noticed', async () => {
  const vault = vaultOf(1)
  const sealed = await vault.seal(new Secret('sk-live'), bound)
  for (const field of ['dataKey', 'text'] as const) {
    const bytes = Buffer.from(sealed[field], 'base64')
    for (const index of bytes.keys()) {
      const changed = Buffer.from(bytes)
      changed[index] = (changed[index] ?? 0) ^ 1
      const error = await failureOf(vault.open({ ...sealed, [field]: changed.toString('base64') }, bound))
      expect(error).toMatchObject({ code: 'tampered' })
    }
    for (const broken of ['', 'AAAA', '%%%', bytes.subarray(0, -1).toString('base64')]) {
      expect(await failureOf(vault.open({ ...sealed, [field]: broken }, bound))).toMatchObject({ code: 'tampered' })
    }
  }
  const swapped = { ...sealed, dataKey: sealed.text, text: sealed.dataKey }
  expect(await failureOf(vault.open(swapped, bound))).toMatchObject({ code: 'tampered' })
})

test('the data key of one secret does not open another', async () => {
  const vault = vaultOf(1)
  const [one, two] = [await vault.seal(new Secret('a'), bound), await vault.seal(new Secret('b'), bound)]
  expect(await failureOf(vault.open({ ...one, text: two.text }, bound))).toMatchObject({ code: 'tampered' })
})

test('a master key that is not configured is named by its version', async () => {
  const sealed = await vaultOf(1).seal(new Secret('sk-live'), bound)
  const error = await failureOf(vaultOf(2).open(sealed, bound))
  expect(error).toMatchObject({
    code: 'unknown_version',
    message: `The stored secret needs the master key of version ${sealed.version}. Put that key into GW_MASTER_KEY_PREVIOUS.`,
  })
})

test('a wrong master key under the right version does not open', async () => {
  const sealed = await vaultOf(1).seal(new Secret('sk'), bound)
  const other = vaultOf(2)
  expect(await failureOf(other.open({ ...sealed, version: other.version }, bound))).toMatchObject({ code: 'tampered' })
})

test('knows the current and the previous versions', () => {
  const vault = vaultOf(3, 1, 2)
  const versions = [1, 2, 3, 4].map((byte) => vaultOf(byte).version)
  expect(versions.map((version) => vault.knows(version))).toEqual([true, true, true, false])
})

test('wrapping anew changes the version and the data key, not the text', async () => {
  const sealed = await vaultOf(1).seal(new Secret('sk-live'), bound)
  const vault = vaultOf(2, 1)
  const anew = await vault.rewrap(sealed, bound)
  expect(anew.version).toBe(vault.version)
  expect(anew.text).toBe(sealed.text)
  expect((await vaultOf(2).open(anew, bound)).reveal()).toBe('sk-live')
  expect(await vault.rewrap(anew, bound)).toBe(anew)
})

test('errors hold neither secret nor key', async () => {
  const sealed = await vaultOf(75).seal(new Secret('sk-live-secret'), bound)
  const errors = await Promise.all([
    failureOf(vaultOf(76).open(sealed, bound)),
    failureOf(vaultOf(75).open(sealed, { ...bound, recordId: 'x' })),
  ])
  for (const error of errors) {
    const text = String(error) + JSON.stringify(error) + (error instanceof Error ? error.stack : '')
    expect(text).not.toMatch(/sk-live/)
    expect(text).not.toContain(masterKeyOf(75))
    expect(text).not.toContain(sealed.text)
  }
})

test('bytes come back as they were, for their own record and under their own master key alone', async () => {
  const record = { orgId: 'acme', recordId: 'r1' }
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
      const plain = Uint8Array.from(bytes)
      const opened = await vaultOf(1).openBytes(await vaultOf(1).sealBytes(plain, record), record)
      expect(opened).toEqual(plain)
    }),
    { numRuns: 20 },
  )
  const sealed = await vaultOf(1).sealBytes(Uint8Array.of(1, 2, 3), record)
  const changed = { ...sealed, bytes: sealed.bytes.map((byte, index) => (index === 14 ? byte ^ 1 : byte)) }
  const failures = await Promise.all([
    failureOf(vaultOf(1).openBytes(sealed, { ...record, orgId: 'other' })),
    failureOf(vaultOf(1).openBytes(sealed, { ...record, recordId: 'r2' })),
    failureOf(vaultOf(1).openBytes(changed, record)),
    failureOf(vaultOf(2).openBytes(sealed, record)),
  ])
  expect(failures.map((failure) => failure instanceof VaultError && failure.code)).toEqual([
    'tampered',
    'tampered',
    'tampered',
    'unknown_version',
  ])
})
