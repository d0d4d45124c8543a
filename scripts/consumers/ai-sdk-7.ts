import { openai } from '@ai-sdk/openai'
import type { LanguageModelV4, ProviderV4 } from '@ai-sdk/provider'
import { createAiGateway, type AiGatewaySettings } from '@gw/ai-sdk-provider'
import { createAnthropic } from '@gw/ai-sdk-provider/providers/anthropic'
import { createWorkersAI } from '@gw/workers-ai-delegate'
import { openai as plugin } from '@gw/workers-ai-delegate/openai'

/** What users of AI SDK 7 write. */
const settings: AiGatewaySettings = {
  accountId: 'a',
  gateway: 'g',
  apiKey: async () => 'key',
  options: { cacheTtl: 60 },
}
const gateway = createAiGateway(settings)
export const provider: ProviderV4 = gateway
export const models: LanguageModelV4[] = [
  gateway(openai.chat('gpt-5')),
  gateway.chat([openai('gpt-5'), createAnthropic()('claude-sonnet-4-5')]),
  gateway.languageModel('openai/gpt-5'),
  gateway(['openai/gpt-5', 'anthropic/claude-sonnet-4-5'], { retries: { maxAttempts: 2 } }),
  createWorkersAI({ baseURL: 'https://gw.example.com', apiKey: 'gw_key', providers: [plugin] })('openai/gpt-5'),
]
