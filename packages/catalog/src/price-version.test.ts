import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { priceVersion } from './index.ts'

test('is the version of the price data that is installed; run `pnpm generate` after an update', () => {
  const manifest = new URL('../node_modules/@pydantic/genai-prices/package.json', import.meta.url)
  const { version }: { version: string } = JSON.parse(readFileSync(manifest, 'utf8'))
  expect(priceVersion).toMatch(new RegExp(`^genai-prices@${version}\\+overlay\\.\\d+$`))
})
