import { expect, test } from 'vitest'
import type { ChatRequest, ContentPart } from '../chat.ts'
import { createTestContext } from '../testing/create-test-context.ts'
import type { WireFormat } from '../wire-format.ts'
import { anthropicMessages } from './anthropic-messages.ts'
import { cohereChat } from './cohere-chat.ts'
import { geminiGenerate } from './gemini-generate.ts'
import { ollamaChat } from './ollama-chat.ts'
import { openaiChat } from './openai-chat.ts'
import { openaiCompletions } from './openai-completions.ts'
import { replicatePrediction } from './replicate-prediction.ts'
import { workersAI } from './workers-ai.ts'

const warningsOf = (format: WireFormat, fields: Partial<ChatRequest>): string[] => {
  const request: ChatRequest = { model: 'm', messages: [{ role: 'user', content: 'Hi' }], ...fields }
  return format.formatRequest(request, createTestContext()).warnings
}
const named = (formats: readonly WireFormat[]) => formats.map((format) => [format.id, format] as const)
const asking = (...content: ContentPart[]): Partial<ChatRequest> => ({ messages: [{ role: 'user', content }] })

test.each(named([openaiChat, cohereChat, ollamaChat, workersAI]))(
  '%s names the words of a tool that it has not',
  (_, to) => {
    const tool = { type: 'function', function: { name: 'look' }, extra: { defer_loading: true } } as const
    expect(warningsOf(to, { tools: [tool], extra_format: 'anthropic-messages' })).toEqual(['tools.defer_loading'])
  },
)

test.each(named([anthropicMessages, geminiGenerate, ollamaChat, workersAI, replicatePrediction]))(
  '%s names the detail of an image',
  (_, to) => {
    const image = { url: 'data:image/png;base64,iVBORw0KGgo=' }
    const lookAt = (detail: string) => asking({ type: 'image_url', image_url: { ...image, detail } })
    expect(warningsOf(to, lookAt('low'))).toEqual(['image_url.detail'])
    expect(warningsOf(to, lookAt('auto'))).toEqual([])
  },
)

test.each(named([openaiCompletions, replicatePrediction]))('%s names what a transcript does not say', (_, to) => {
  const called = { id: 'c', type: 'function', function: { name: 'look', arguments: '{}' } } as const
  const warnings = warningsOf(to, {
    messages: [
      { role: 'user', name: 'Ann', content: 'Hi' },
      { role: 'assistant', content: 'Wait.', tool_calls: [called] },
      { role: 'tool', tool_call_id: 'c', content: 'No.', is_error: true },
    ],
  })
  expect(warnings.sort()).toEqual(['messages.is_error', 'messages.name', 'messages.tool_calls'])
})

test('a mark of the prompt cache is named for predictions', () => {
  const part = { type: 'text', text: 'Hi', cache_control: { type: 'ephemeral' } } as const
  expect(warningsOf(replicatePrediction, asking(part))).toEqual(['cache_control'])
})

test('a document that may be cited is text for Ollama, with a warning', () => {
  const file = { file_data: 'data:text/plain;base64,SGk=' }
  expect(warningsOf(ollamaChat, asking({ type: 'file', file, citations: { enabled: true } }))).toEqual(['citations'])
})
