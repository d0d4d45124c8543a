import type { JsonObject } from '../../../src/json.ts'
import type { FeatureGroup } from '../feature.ts'
import { chatLike, partsLike, sayAlike, sayBeside } from './ask.ts'
import { sayHistory } from './say-history.ts'

const parameters = { type: 'object', properties: { shelf: { type: 'string' } }, required: ['shelf'] }
const declared = { name: 'look', description: 'Looks at a shelf.', parameters }
const chatTools = { tools: [{ type: 'function', function: declared }] }
const offered = {
  'openai-chat': chatTools,
  'cohere-chat': chatTools,
  'ollama-chat': { ...chatTools, stream: false },
  'workers-ai': chatTools,
  'openai-responses': { tools: [{ type: 'function', ...declared, strict: false }] },
  'anthropic-messages': { tools: [{ name: 'look', description: declared.description, input_schema: parameters }] },
  'gemini-generate': { tools: [{ functionDeclarations: [{ ...declared, name: 'look' }] }] },
} satisfies Record<string, JsonObject>

const calling = (mode: string, names?: string[]) => ({
  toolConfig: { functionCallingConfig: { mode, ...(names && { allowedFunctionNames: names }) } },
})

const shelves = ['north-shelf', 'south-shelf']
const parallel = sayHistory(shelves, { content: 'a broom' })
const failed = sayHistory(['north-shelf'], {
  content: 'No such shelf.',
  messages: { is_error: true },
  gemini: { response: { error: 'No such shelf.' } },
})
const fine = sayHistory(['north-shelf'], { content: 'No such shelf.' })
const png = 'iVBORw0KGgoMARKSEEN0'
const seenMessages = sayHistory(['north-shelf'], {
  content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } }],
})
const seenResponses = sayHistory(['north-shelf'], {
  content: [{ type: 'input_image', image_url: `data:image/png;base64,${png}`, detail: 'auto' }],
})
const seenChat = sayHistory(['north-shelf'], {
  content: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } }],
})
const seenGemini = sayHistory(['north-shelf'], {
  content: '',
  gemini: { response: { result: 'seen' }, parts: [{ inlineData: { mimeType: 'image/png', data: png } }] },
})
const ollamaCalls = {
  messages: [
    { role: 'user', content: 'Hi' },
    {
      role: 'assistant',
      content: '',
      tool_calls: shelves.map((shelf) => ({ function: { name: 'look', arguments: { shelf } } })),
    },
    ...shelves.map(() => ({ role: 'tool', tool_name: 'look', content: 'a broom' })),
  ],
  stream: false,
}
const claudeSearch = { type: 'web_search_20250305', name: 'web_search' }
const claudeCode = { type: 'code_execution_20250825', name: 'code_execution' }

export const tools: FeatureGroup = {
  title: 'Tools',
  features: [
    {
      kind: 'request',
      name: 'a tool',
      marks: ['look', 'Looks at a shelf.', 'shelf'],
      says: Object.fromEntries(Object.entries(offered).map(([format, fields]) => [format, { with: fields }])),
    },
    {
      kind: 'request',
      name: 'strict',
      says: {
        'openai-chat': {
          with: { tools: [{ type: 'function', function: { ...declared, strict: true } }] },
          without: chatTools,
        },
        'openai-responses': {
          with: { tools: [{ type: 'function', ...declared, strict: true }] },
          without: offered['openai-responses'],
        },
        'anthropic-messages': {
          with: {
            tools: [{ name: 'look', description: declared.description, input_schema: parameters, strict: true }],
          },
          without: offered['anthropic-messages'],
        },
        'cohere-chat': { with: { ...chatTools, strict_tools: true }, without: chatTools },
      },
    },
    {
      kind: 'request',
      name: 'a word of its own for a tool',
      says: {
        'openai-responses': {
          with: { tools: [{ type: 'function', ...declared, strict: false, defer_loading: true }] },
          without: offered['openai-responses'],
        },
        'anthropic-messages': {
          with: {
            tools: [{ name: 'look', description: declared.description, input_schema: parameters, defer_loading: true }],
          },
          without: offered['anthropic-messages'],
        },
        'gemini-generate': {
          with: { tools: [{ functionDeclarations: [{ ...declared, behavior: 'NON_BLOCKING' }] }] },
          without: offered['gemini-generate'],
        },
      },
    },
    {
      kind: 'request',
      name: 'forced tool',
      says: sayBeside(offered, {
        'openai-chat': { tool_choice: { type: 'function', function: { name: 'look' } } },
        'workers-ai': { tool_choice: { type: 'function', function: { name: 'look' } } },
        'openai-responses': { tool_choice: { type: 'function', name: 'look' } },
        'anthropic-messages': { tool_choice: { type: 'tool', name: 'look' } },
        'gemini-generate': calling('ANY', ['look']),
      }),
    },
    {
      kind: 'request',
      name: 'any tool required',
      says: sayBeside(offered, {
        'openai-chat': { tool_choice: 'required' },
        'workers-ai': { tool_choice: 'required' },
        'openai-responses': { tool_choice: 'required' },
        'anthropic-messages': { tool_choice: { type: 'any' } },
        'gemini-generate': calling('ANY'),
        'cohere-chat': { tool_choice: 'REQUIRED' },
      }),
    },
    {
      kind: 'request',
      name: 'no tool (`none`)',
      says: sayBeside(offered, {
        'openai-chat': { tool_choice: 'none' },
        'workers-ai': { tool_choice: 'none' },
        'openai-responses': { tool_choice: 'none' },
        'anthropic-messages': { tool_choice: { type: 'none' } },
        'gemini-generate': calling('NONE'),
        'cohere-chat': { tool_choice: 'NONE' },
      }),
    },
    {
      kind: 'request',
      name: 'one call at a time',
      says: sayBeside(offered, {
        'openai-chat': { parallel_tool_calls: false },
        'workers-ai': { parallel_tool_calls: false },
        'openai-responses': { parallel_tool_calls: false },
        'anthropic-messages': { tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
      }),
    },
    {
      kind: 'request',
      name: 'parallel calls and results',
      marks: [...shelves, 'a broom'],
      says: {
        ...sayAlike(chatLike, { ...chatTools, ...parallel.chat }),
        'ollama-chat': { with: { ...chatTools, ...ollamaCalls } },
        'openai-responses': { with: { ...offered['openai-responses'], input: parallel.responses } },
        'anthropic-messages': { with: { ...offered['anthropic-messages'], messages: parallel.messages } },
        'gemini-generate': { with: { ...offered['gemini-generate'], contents: parallel.gemini } },
      },
    },
    {
      kind: 'request',
      name: 'image in a tool result',
      marks: [png],
      says: {
        ...sayAlike(partsLike, { ...chatTools, ...seenChat.chat }),
        'openai-responses': { with: { ...offered['openai-responses'], input: seenResponses.responses } },
        'anthropic-messages': { with: { ...offered['anthropic-messages'], messages: seenMessages.messages } },
        'gemini-generate': { with: { ...offered['gemini-generate'], contents: seenGemini.gemini } },
      },
    },
    {
      kind: 'request',
      name: 'tool result is an error',
      says: {
        'anthropic-messages': {
          with: { ...offered['anthropic-messages'], messages: failed.messages },
          without: { ...offered['anthropic-messages'], messages: fine.messages },
        },
        'gemini-generate': {
          with: { ...offered['gemini-generate'], contents: failed.gemini },
          without: { ...offered['gemini-generate'], contents: fine.gemini },
        },
      },
    },
    {
      kind: 'request',
      name: 'web search',
      says: {
        'openai-chat': { with: { web_search_options: { search_context_size: 'medium' } } },
        'openai-responses': { with: { tools: [{ type: 'web_search' }] } },
        'anthropic-messages': { with: { tools: [claudeSearch] } },
        'gemini-generate': { with: { tools: [{ googleSearch: {} }] } },
      },
    },
    {
      kind: 'request',
      name: 'web search beside functions',
      says: {
        'openai-responses': {
          with: { tools: [...offered['openai-responses'].tools, { type: 'web_search' }] },
          without: offered['openai-responses'],
        },
        'anthropic-messages': {
          with: { tools: [...offered['anthropic-messages'].tools, claudeSearch] },
          without: offered['anthropic-messages'],
        },
      },
    },
    {
      kind: 'request',
      name: 'code execution',
      says: {
        'openai-responses': { with: { tools: [{ type: 'code_interpreter', container: { type: 'auto' } }] } },
        'anthropic-messages': { with: { tools: [claudeCode] } },
        'gemini-generate': { with: { tools: [{ codeExecution: {} }] } },
      },
    },
    {
      kind: 'request',
      name: 'namespace of functions',
      marks: ['look', 'Looks at a shelf.'],
      says: {
        'openai-responses': {
          with: {
            tools: [
              {
                type: 'namespace',
                name: 'library',
                description: 'Shelves.',
                tools: [{ type: 'function', ...declared }],
              },
            ],
          },
        },
      },
    },
    {
      kind: 'request',
      name: 'custom (free-form) tool',
      marks: ['apply_patch'],
      says: { 'openai-responses': { with: { tools: [{ type: 'custom', name: 'apply_patch' }] } } },
    },
    { kind: 'arguments', name: 'streamed arguments' },
  ],
}
