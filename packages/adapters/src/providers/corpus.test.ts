import { describe, expect, test } from 'vitest'
import { testProvider } from '../testing.ts'
import { chatVendors } from './__fixtures__/chat-vendors.ts'
import { hasCorpus, readCorpus } from './__fixtures__/corpus.ts'
import { speaking } from './__fixtures__/speaking.ts'
import { awsBedrock } from './aws-bedrock.ts'

describe.skipIf(!hasCorpus)(`recorded traffic${hasCorpus ? '' : ' (skipped: ../shared/corpus is not there)'}`, () => {
  test('is all there', () => {
    const counts = chatVendors.map(([vendor, api]) => readCorpus(vendor, api).length)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(550)
  })

  describe.each(chatVendors)('%s, %s', (vendor, api, provider) => {
    testProvider(provider, readCorpus(vendor, api), { test, expect })
  })

  describe('bedrock, Claude in its own words', () => {
    const invoked = readCorpus('bedrock', 'bedrock.invoke', /\.claude-(?!instant|v2)/)
    testProvider(speaking(awsBedrock, 'anthropic.claude', 'anthropic-messages'), invoked, { test, expect })
  })
})
