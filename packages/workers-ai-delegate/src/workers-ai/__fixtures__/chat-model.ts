import type { LanguageModelV4Prompt } from '@ai-sdk/provider'
import { WorkersAIChatLanguageModel } from '../chat/chat-language-model.ts'
import type { WorkersAIChatSettings } from '../chat/chat-settings.ts'
import type { ModelConfig } from '../run/model-config.ts'
import { fakeBinding, type FakeAnswer } from './fake-binding.ts'

/** One word of the user's. */
export const hello: LanguageModelV4Prompt = [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }]

interface ChatModelOptions {
  modelId?: string
  settings?: WorkersAIChatSettings
  gateway?: ModelConfig['gateway']
}

/** A chat model over a fake binding, with ids that count: id1, id2, … */
export function chatModel(
  answer: FakeAnswer,
  { modelId = '@cf/meta/llama-3.1-8b-instruct', settings = {}, gateway }: ChatModelOptions = {},
) {
  const { binding, runs } = fakeBinding(answer)
  let count = 0
  const createId = () => `id${++count}`
  const model = new WorkersAIChatLanguageModel(modelId, settings, {
    provider: 'workersai.chat',
    binding,
    gateway,
    createId,
  })
  return { model, runs }
}
