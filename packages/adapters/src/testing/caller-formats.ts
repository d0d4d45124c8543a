import type { JsonObject } from '../json.ts'
import type { WireFormat } from '../wire-format.ts'
import { anthropicMessages } from '../wire/anthropic-messages.ts'
import { cohereChat } from '../wire/cohere-chat.ts'
import { geminiGenerate } from '../wire/gemini-generate.ts'
import { ollamaChat } from '../wire/ollama-chat.ts'
import { openaiChat } from '../wire/openai-chat.ts'
import { openaiResponses } from '../wire/openai-responses.ts'
import { workersAI } from '../wire/workers-ai.ts'

export interface CallerFormat {
  format: WireFormat
  /** A request with instructions, a tool, its call and result, and sampling. */
  request: JsonObject
}

const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const declared = { name: 'get_weather', description: 'The weather in a city.', parameters }
const tools = [{ type: 'function', function: declared }]
const called = { name: 'get_weather', arguments: '{"city":"Oslo"}' }
const calls = [{ id: 'call_1', type: 'function', function: called }]
const result = { role: 'tool', tool_call_id: 'call_1', content: '{"celsius":-3}' }
const question = { role: 'user', content: 'How cold is it in Oslo?' }
const conversation = [
  { role: 'system', content: 'Be brief.' },
  question,
  { role: 'assistant', content: 'I will look.', tool_calls: calls },
  result,
]
const sampling = { temperature: 0.5, max_tokens: 256 }

/** Every format that callers speak, with a request that every provider must understand. */
export const callerFormats: readonly CallerFormat[] = [
  {
    format: openaiChat,
    request: {
      model: 'the-model',
      messages: conversation,
      tools,
      tool_choice: 'auto',
      stop: ['END'],
      stream: true,
      ...sampling,
    },
  },
  {
    format: openaiResponses,
    request: {
      model: 'the-model',
      instructions: 'Be brief.',
      input: [
        question,
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'I will look.' }] },
        { type: 'function_call', call_id: 'call_1', ...called },
        { type: 'function_call_output', call_id: 'call_1', output: '{"celsius":-3}' },
      ],
      tools: [{ type: 'function', ...declared }],
      tool_choice: 'auto',
      stream: true,
      temperature: 0.5,
      max_output_tokens: 256,
    },
  },
  {
    format: anthropicMessages,
    request: {
      model: 'the-model',
      system: 'Be brief.',
      messages: [
        question,
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'I will look.' },
            { type: 'tool_use', id: 'call_1', name: 'get_weather', input: { city: 'Oslo' } },
          ],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1', content: '{"celsius":-3}' }] },
      ],
      tools: [{ name: 'get_weather', description: declared.description, input_schema: parameters }],
      tool_choice: { type: 'auto' },
      stop_sequences: ['END'],
      stream: true,
      ...sampling,
    },
  },
  {
    format: geminiGenerate,
    request: {
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [
        { role: 'user', parts: [{ text: question.content }] },
        {
          role: 'model',
          parts: [
            { text: 'I will look.' },
            { functionCall: { id: 'call_1', name: 'get_weather', args: { city: 'Oslo' } } },
          ],
        },
        {
          role: 'user',
          parts: [{ functionResponse: { id: 'call_1', name: 'get_weather', response: { celsius: -3 } } }],
        },
      ],
      tools: [{ functionDeclarations: [declared] }],
      generationConfig: { temperature: 0.5, maxOutputTokens: 256, stopSequences: ['END'] },
    },
  },
  {
    format: cohereChat,
    request: { model: 'the-model', messages: conversation, tools, stop_sequences: ['END'], stream: true, ...sampling },
  },
  {
    format: ollamaChat,
    request: {
      model: 'the-model',
      messages: [
        ...conversation.slice(0, 2),
        {
          role: 'assistant',
          content: 'I will look.',
          tool_calls: [{ function: { name: 'get_weather', arguments: { city: 'Oslo' } } }],
        },
        { role: 'tool', tool_name: 'get_weather', content: '{"celsius":-3}' },
      ],
      tools,
      options: { temperature: 0.5, num_predict: 256, stop: ['END'] },
      keep_alive: null,
    },
  },
  {
    format: workersAI,
    request: { messages: conversation, tools, tool_choice: 'auto', stream: true, ...sampling },
  },
]
