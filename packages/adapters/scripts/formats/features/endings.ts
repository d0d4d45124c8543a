import type { ChatResponse } from '../../../src/chat.ts'
import type { FeatureGroup } from '../feature.ts'
import {
  chatAnswer,
  cohereAnswer,
  converseAnswer,
  geminiAnswer,
  messagesAnswer,
  ollamaAnswer,
  responsesAnswer,
  workersAnswer,
} from './answer-of.ts'
import { message, words, chatCalls } from './samples.ts'

const ending = ({ choices }: ChatResponse) => choices[0]?.finish_reason

export const endings: FeatureGroup = {
  title: 'Why an answer ends',
  features: [
    {
      kind: 'answer',
      name: 'stop',
      probe: ending,
      says: {
        'openai-chat': chatAnswer({}),
        'openai-responses': responsesAnswer([message({ text: words })]),
        'anthropic-messages': messagesAnswer([{ type: 'text', text: words }]),
        'gemini-generate': geminiAnswer([{ text: words }]),
        'cohere-chat': cohereAnswer({}),
        'ollama-chat': ollamaAnswer({}),
        'workers-ai': workersAnswer({ finish_reason: 'stop' }),
        'bedrock-converse': converseAnswer([{ text: words }]),
        'openai-completions': {
          id: 'c',
          object: 'text_completion',
          created: 1,
          model: 'm',
          choices: [{ index: 0, text: words, finish_reason: 'stop' }],
        },
        'replicate-prediction': { id: 'p', status: 'succeeded', output: [words] },
      },
    },
    {
      kind: 'answer',
      name: 'length',
      probe: ending,
      says: {
        'openai-chat': chatAnswer({}, { finish_reason: 'length' }),
        'openai-responses': responsesAnswer([message({ text: words })], {
          status: 'incomplete',
          incomplete_details: { reason: 'max_output_tokens' },
        }),
        'anthropic-messages': messagesAnswer([{ type: 'text', text: words }], { stop_reason: 'max_tokens' }),
        'gemini-generate': geminiAnswer([{ text: words }], { finishReason: 'MAX_TOKENS' }),
        'cohere-chat': cohereAnswer({}, { finish_reason: 'MAX_TOKENS' }),
        'ollama-chat': ollamaAnswer({}, { done_reason: 'length' }),
        'workers-ai': workersAnswer({ finish_reason: 'length' }),
        'bedrock-converse': converseAnswer([{ text: words }], { stopReason: 'max_tokens' }),
        'openai-completions': {
          id: 'c',
          object: 'text_completion',
          created: 1,
          model: 'm',
          choices: [{ index: 0, text: words, finish_reason: 'length' }],
        },
      },
    },
    {
      kind: 'answer',
      name: 'tool_calls',
      probe: ending,
      says: {
        'openai-chat': chatAnswer(chatCalls, { finish_reason: 'tool_calls' }),
        'openai-responses': responsesAnswer([
          { type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{}' },
        ]),
        'anthropic-messages': messagesAnswer([{ type: 'tool_use', id: 'call_1', name: 'look', input: {} }], {
          stop_reason: 'tool_use',
        }),
        'gemini-generate': geminiAnswer([{ functionCall: { name: 'look', args: {} } }]),
        'cohere-chat': cohereAnswer({ ...chatCalls, content: [] }, { finish_reason: 'TOOL_CALL' }),
        'ollama-chat': ollamaAnswer({ content: '', tool_calls: [{ function: { name: 'look', arguments: {} } }] }),
        'workers-ai': workersAnswer({ response: null, tool_calls: [{ name: 'look', arguments: {} }] }),
        'bedrock-converse': converseAnswer([{ toolUse: { toolUseId: 'call_1', name: 'look', input: {} } }], {
          stopReason: 'tool_use',
        }),
      },
    },
    {
      kind: 'answer',
      name: 'content_filter',
      probe: ending,
      says: {
        'openai-chat': chatAnswer({}, { finish_reason: 'content_filter' }),
        'openai-responses': responsesAnswer([message({ text: words })], {
          status: 'incomplete',
          incomplete_details: { reason: 'content_filter' },
        }),
        'anthropic-messages': messagesAnswer([{ type: 'text', text: words }], { stop_reason: 'refusal' }),
        'gemini-generate': geminiAnswer([{ text: words }], { finishReason: 'SAFETY' }),
        'cohere-chat': cohereAnswer({}, { finish_reason: 'ERROR_TOXIC' }),
        'ollama-chat': ollamaAnswer({}, { done_reason: 'content_filter' }),
        'workers-ai': workersAnswer({ finish_reason: 'content_filter' }),
        'bedrock-converse': converseAnswer([{ text: words }], { stopReason: 'guardrail_intervened' }),
      },
    },
    {
      kind: 'answer',
      name: 'which stop string',
      probe: ({ choices }) => choices[0]?.stop_sequence,
      says: {
        'anthropic-messages': messagesAnswer([{ type: 'text', text: words }], {
          stop_reason: 'stop_sequence',
          stop_sequence: 'HALT',
        }),
      },
    },
  ],
}
