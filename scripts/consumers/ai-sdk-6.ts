import { openai } from '@ai-sdk/openai'
import type { LanguageModelV3, ProviderV3 } from '@ai-sdk/provider'
import { createAiGateway } from '@gw/ai-sdk-provider'

/** What users of AI SDK 6 write, whose models are of the third version of the specification. */
const gateway = createAiGateway({ baseURL: 'https://gw.example.com/v1', apiKey: 'gw_key' })
export const provider: ProviderV3 = gateway
export const models: LanguageModelV3[] = [gateway(openai.chat('gpt-5')), gateway.languageModel('openai/gpt-5')]
