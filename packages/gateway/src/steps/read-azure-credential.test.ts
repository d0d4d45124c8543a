import { builtinProviders, createProviders } from '@gw/adapters'
import { Secret } from '@gw/keys'
import { expect, test } from 'vitest'
import { readAzureCredential } from './read-azure-credential.ts'

test.each([
  ['0123456789abcdef0123456789abcdef', 'api-key', '0123456789abcdef0123456789abcdef'],
  ['eyJ0eXAi.eyJhdWQi.c2ln', 'authorization', 'Bearer eyJ0eXAi.eyJhdWQi.c2ln'],
])('%s goes as %s', async (text, header, value) => {
  const provider = createProviders(builtinProviders).find('azure-openai')
  if (!provider) throw new Error('There is a provider.')
  const { authorize } = readAzureCredential(new Secret(text), provider)
  const { headers } = await authorize(new Request('https://r.openai.azure.com/'))
  expect([...headers]).toEqual([[header, value]])
})
