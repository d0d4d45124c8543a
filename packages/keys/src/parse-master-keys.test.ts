import * as fc from 'fast-check'
import { createHash } from 'node:crypto'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { masterKeyOf } from './__fixtures__/test-vault.ts'
import { masterKeyVersion } from './master-key-version.ts'
import { parseMasterKeys } from './parse-master-keys.ts'

const versionOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 8)

test('the version of a master key begins its SHA-256, as node:crypto has it', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      expect(masterKeyVersion(bytes.slice())).toBe(versionOf(bytes))
    }),
    { numRuns: 500 },
  )
})

test('reads the current key and those before it', () => {
  const keys = parseMasterKeys(` ${masterKeyOf(1)}\n`, `${masterKeyOf(2)}, ${masterKeyOf(3)} ,`)
  expect(keys?.current.version).toBe(versionOf(Buffer.alloc(32, 1)))
  expect(keys?.current.bytes()).toEqual(new Uint8Array(32).fill(1))
  expect(keys?.previous.map(({ version }) => version)).toEqual([
    versionOf(Buffer.alloc(32, 2)),
    versionOf(Buffer.alloc(32, 3)),
  ])
})

test.each([
  [undefined, undefined],
  ['', ''],
  [' ', ' , '],
])('no key, no vault: %j, %j', (current, previous) => {
  expect(parseMasterKeys(current, previous)).toBe(undefined)
})

const good = masterKeyOf(1)
const short = Buffer.alloc(31, 77).toString('base64')

test.each([
  [short, undefined, 'GW_MASTER_KEY holds 31 bytes'],
  [Buffer.alloc(33, 77).toString('base64'), undefined, 'GW_MASTER_KEY holds 33 bytes'],
  ['correct horse battery staple', undefined, 'GW_MASTER_KEY is not base64'],
  [good, short, 'GW_MASTER_KEY_PREVIOUS holds 31 bytes'],
  [good, `${good},!`, 'GW_MASTER_KEY_PREVIOUS is not base64'],
])('says which variable is wrong and how to make a key, and not its value: %#', (current, previous, problem) => {
  const message = `${problem}; it must be 32 bytes in base64. Make one with \`openssl rand -base64 32\`.`
  expect(() => parseMasterKeys(current, previous)).toThrow(new Error(message))
})

test('previous keys without a current one are a mistake', () => {
  expect(() => parseMasterKeys(undefined, good)).toThrow('GW_MASTER_KEY_PREVIOUS is set, but GW_MASTER_KEY is not.')
})

test('master keys do not show themselves to whoever prints them', () => {
  const keys = parseMasterKeys(Buffer.alloc(32, 'K').toString('base64'))
  const printed = JSON.stringify(keys) + inspect(keys, { depth: 9 }) + String(keys)
  expect(printed).not.toMatch(/KKKK|S0tL|75, 75|4b4b/)
  expect(printed).toContain(versionOf(Buffer.alloc(32, 'K')))
})
