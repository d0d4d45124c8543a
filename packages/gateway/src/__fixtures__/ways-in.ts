import type { JsonObject } from '@gw/adapters'

/** How an error is worded for the callers of a path; `compat` has the provider's in OpenAI's words. */
export type ErrorWords = 'openai' | 'anthropic' | 'gemini' | 'ollama' | 'cloudflare' | 'compat'

/** One way into the gateway, and a body that is right for it. */
export interface WayIn {
  path: string
  words: ErrorWords
  body: JsonObject
}

const model = 'openai/gpt-5-mini'
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
const call = { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{"city":"Oslo"}' } }
const image = 'data:image/png;base64,AAAA'

const chat: JsonObject = {
  model,
  messages: [
    { role: 'system', content: 'Be brief.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: 'hi' },
        { type: 'image_url', image_url: { url: image } },
      ],
    },
    { role: 'assistant', content: null, tool_calls: [call] },
    { role: 'tool', tool_call_id: 'call_1', content: 'cold' },
  ],
  tools: [{ type: 'function', function: { name: 'f', description: 'd', parameters } }],
  tool_choice: 'auto',
  response_format: { type: 'json_schema', json_schema: { name: 'a', schema: parameters } },
  max_completion_tokens: 100,
  stop: ['x'],
  stream: true,
  stream_options: { include_usage: true },
}

const responses: JsonObject = {
  model,
  instructions: 'Be brief.',
  input: [
    {
      role: 'user',
      content: [
        { type: 'input_text', text: 'hi' },
        { type: 'input_image', image_url: image },
      ],
    },
    { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm.' }], encrypted_content: 'abc' },
    { type: 'function_call', call_id: 'call_1', name: 'f', arguments: '{}' },
    { type: 'function_call_output', call_id: 'call_1', output: 'cold' },
    { type: 'custom_tool_call', call_id: 'call_2', name: 'g', input: 'x' },
    { type: 'custom_tool_call_output', call_id: 'call_2', output: [{ type: 'input_text', text: 'y' }] },
  ],
  tools: [
    { type: 'function', name: 'f', parameters, strict: false },
    { type: 'custom', name: 'g', format: { type: 'grammar', syntax: 'lark', definition: 'start: "x"' } },
    { type: 'web_search' },
  ],
  include: ['reasoning.encrypted_content'],
  reasoning: { effort: 'low' },
  text: { format: { type: 'json_schema', name: 'a', schema: parameters } },
  store: false,
  stream: true,
}

const messages: JsonObject = {
  model,
  max_tokens: 3000,
  system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'hi' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Hm.', signature: 'abc' },
        { type: 'tool_use', id: 'call_1', name: 'f', input: { city: 'Oslo' } },
      ],
    },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1', content: 'cold', is_error: true }] },
  ],
  tools: [{ name: 'f', description: 'd', input_schema: parameters }],
  tool_choice: { type: 'auto' },
  thinking: { type: 'enabled', budget_tokens: 2000 },
  metadata: { user_id: 'u' },
  stream: true,
}

const generate: JsonObject = {
  systemInstruction: { parts: [{ text: 'Be brief.' }] },
  contents: [
    { role: 'user', parts: [{ text: 'hi' }, { inlineData: { mimeType: 'image/png', data: 'AAAA' } }] },
    { role: 'model', parts: [{ functionCall: { name: 'f', args: { city: 'Oslo' } }, thoughtSignature: 'abc' }] },
    { role: 'user', parts: [{ functionResponse: { name: 'f', response: { output: 'cold' } } }] },
  ],
  tools: [{ functionDeclarations: [{ name: 'f', parametersJsonSchema: parameters }] }, { googleSearch: {} }],
  toolConfig: { functionCallingConfig: { mode: 'AUTO' } },
  generationConfig: { maxOutputTokens: 100, thinkingConfig: { thinkingBudget: 200, includeThoughts: true } },
}

const ollama: JsonObject = {
  model,
  messages: [
    { role: 'user', content: 'hi', images: ['AAAA'] },
    { role: 'assistant', content: '', tool_calls: [{ function: { name: 'f', arguments: { city: 'Oslo' } } }] },
    { role: 'tool', tool_name: 'f', content: 'cold' },
  ],
  tools: [{ type: 'function', function: { name: 'f', description: 'd', parameters } }],
  options: { num_predict: 100, temperature: 0 },
  think: true,
}

const content = { parts: [{ text: 'a' }] }
const rerank: JsonObject = { model: 'cohere/rerank-v3.5', query: 'q', documents: ['a', { text: 'b' }], top_n: 1 }
const embed: JsonObject = { model, input: ['a', 'b'], dimensions: 4, encoding_format: 'base64' }
const complete: JsonObject = { model, prompt: 'a', max_tokens: 5, suffix: 'z', stream: true }

/** Gemini's callers name the model in the path, where `{model}` stands. */
const gemini = (method: string, body: JsonObject): WayIn => ({
  path: `/v1beta/models/{model}:${method}`,
  words: 'gemini',
  body,
})

/** Every way in that reads a JSON body. */
export const waysIn: readonly WayIn[] = [
  { path: '/v1/chat/completions', words: 'openai', body: chat },
  { path: '/v1/responses', words: 'openai', body: responses },
  { path: '/v1/responses/input_tokens', words: 'openai', body: responses },
  { path: '/v1/messages', words: 'anthropic', body: messages },
  { path: '/v1/messages/count_tokens', words: 'anthropic', body: messages },
  gemini('generateContent', generate),
  gemini('streamGenerateContent', generate),
  gemini('streamGenerateContent?alt=sse', generate),
  gemini('embedContent', { content, outputDimensionality: 4 }),
  gemini('batchEmbedContents', { requests: [{ model: 'models/x', content }] }),
  gemini('countTokens', { contents: [{ role: 'user', parts: [{ text: 'a' }] }] }),
  { path: '/v1/completions', words: 'openai', body: complete },
  { path: '/v1/embeddings', words: 'openai', body: embed },
  { path: '/v1/rerank', words: 'openai', body: rerank },
  { path: '/v1/moderations', words: 'openai', body: { model: 'openai/omni-moderation-latest', input: ['a'] } },
  { path: '/api/chat', words: 'ollama', body: ollama },
  { path: '/api/generate', words: 'ollama', body: { model, prompt: 'a', system: 'b', images: ['AAAA'] } },
  { path: '/api/embed', words: 'ollama', body: { model, input: ['a'] } },
  { path: '/api/embeddings', words: 'ollama', body: { model, prompt: 'a' } },
  { path: '/v1/acc/default/compat/chat/completions', words: 'compat', body: chat },
  { path: '/ai/v1/chat/completions', words: 'openai', body: chat },
  { path: '/ai/run', words: 'cloudflare', body: { model, input: { messages: chat['messages'] ?? [] } } },
]
