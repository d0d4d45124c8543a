import type { Json, JsonObject } from '../../../src/json.ts'

/** An answer in each format, with what a feature adds to it. */
type Answer = (said: Json, fields?: JsonObject) => JsonObject

const chatUsage = { prompt_tokens: 20, completion_tokens: 10, total_tokens: 30 }

/** `said` is the message, `fields` are the choice's. */
export const chatAnswer: Answer = (said, { usage = chatUsage, ...choice } = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: 'Hello.', ...objectIn(said) },
      finish_reason: 'stop',
      ...choice,
    },
  ],
  usage,
})

/** `said` are the output items. */
export const responsesAnswer: Answer = (said, fields = {}) => ({
  id: 'resp_1',
  object: 'response',
  created_at: 1,
  model: 'm',
  status: 'completed',
  output: said,
  usage: { input_tokens: 20, output_tokens: 10, total_tokens: 30 },
  ...fields,
})

/** `said` are the blocks. */
export const messagesAnswer: Answer = (said, fields = {}) => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'm',
  content: said,
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 20, output_tokens: 10 },
  ...fields,
})

const geminiUsage = { promptTokenCount: 20, candidatesTokenCount: 10, totalTokenCount: 30 }

/** `said` are the parts, `fields` are the candidate's. */
export const geminiAnswer: Answer = (said, { usageMetadata = geminiUsage, ...candidate } = {}) => ({
  candidates: [{ index: 0, content: { role: 'model', parts: said }, finishReason: 'STOP', ...candidate }],
  usageMetadata,
  modelVersion: 'm',
  responseId: 'gen-1',
})

/** `said` is the message. */
export const cohereAnswer: Answer = (said, fields = {}) => ({
  id: 'c1',
  message: { role: 'assistant', content: [{ type: 'text', text: 'Hello.' }], ...objectIn(said) },
  finish_reason: 'COMPLETE',
  usage: { tokens: { input_tokens: 20, output_tokens: 10 } },
  ...fields,
})

/** `said` is the message. */
export const ollamaAnswer: Answer = (said, fields = {}) => ({
  model: 'm',
  created_at: '2026-01-01T00:00:00Z',
  message: { role: 'assistant', content: 'Hello.', ...objectIn(said) },
  done: true,
  done_reason: 'stop',
  prompt_eval_count: 20,
  eval_count: 10,
  ...fields,
})

/** `said` is the result. */
export const workersAnswer: Answer = (said) => ({
  result: { response: 'Hello.', usage: chatUsage, ...objectIn(said) },
  success: true,
  errors: [],
  messages: [],
})

/** `said` are the blocks. */
export const converseAnswer: Answer = (said, fields = {}) => ({
  output: { message: { role: 'assistant', content: said } },
  stopReason: 'end_turn',
  usage: { inputTokens: 20, outputTokens: 10, totalTokens: 30 },
  ...fields,
})

const objectIn = (said: Json): JsonObject =>
  typeof said === 'object' && said !== null && !Array.isArray(said) ? said : {}
