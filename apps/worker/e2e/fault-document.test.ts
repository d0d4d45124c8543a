import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { faultDocument } from '../test/faults/fault-document.ts'

test('docs/faults.md says what the tests check; else run `pnpm --filter @gw/worker faults`', async () => {
  expect(await readFile(new URL('../../../docs/faults.md', import.meta.url), 'utf8')).toBe(faultDocument())
})
