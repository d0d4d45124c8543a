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
import { message, words } from './samples.ts'

const usageOf = (part: (usage: NonNullable<ChatResponse['usage']>) => unknown) => (answer: ChatResponse) =>
  answer.usage && part(answer.usage)

export const usage: FeatureGroup = {
  title: 'Usage and errors',
  features: [
    {
      kind: 'answer',
      name: 'tokens in and out',
      probe: usageOf(({ prompt_tokens, completion_tokens }) => [prompt_tokens, completion_tokens]),
      says: {
        'openai-chat': chatAnswer({}),
        'openai-responses': responsesAnswer([message({ text: words })]),
        'anthropic-messages': messagesAnswer([{ type: 'text', text: words }]),
        'gemini-generate': geminiAnswer([{ text: words }]),
        'cohere-chat': cohereAnswer({}),
        'ollama-chat': ollamaAnswer({}),
        'workers-ai': workersAnswer({}),
        'bedrock-converse': converseAnswer([{ text: words }]),
        'replicate-prediction': {
          id: 'p',
          status: 'succeeded',
          output: [words],
          metrics: { input_token_count: 20, output_token_count: 10 },
        },
      },
    },
    {
      kind: 'answer',
      name: 'cached tokens',
      probe: usageOf(({ prompt_tokens_details: details }) => details?.cached_tokens),
      says: {
        'openai-chat': chatAnswer(
          {},
          {
            usage: {
              prompt_tokens: 20,
              completion_tokens: 10,
              total_tokens: 30,
              prompt_tokens_details: { cached_tokens: 7 },
            },
          },
        ),
        'openai-responses': responsesAnswer([message({ text: words })], {
          usage: { input_tokens: 20, output_tokens: 10, total_tokens: 30, input_tokens_details: { cached_tokens: 7 } },
        }),
        'anthropic-messages': messagesAnswer([{ type: 'text', text: words }], {
          usage: { input_tokens: 13, output_tokens: 10, cache_read_input_tokens: 7 },
        }),
        'gemini-generate': geminiAnswer([{ text: words }], {
          usageMetadata: {
            promptTokenCount: 20,
            candidatesTokenCount: 10,
            totalTokenCount: 30,
            cachedContentTokenCount: 7,
          },
        }),
        'cohere-chat': cohereAnswer(
          {},
          { usage: { tokens: { input_tokens: 20, output_tokens: 10 }, cached_tokens: 7 } },
        ),
        'bedrock-converse': converseAnswer([{ text: words }], {
          usage: { inputTokens: 13, outputTokens: 10, totalTokens: 30, cacheReadInputTokens: 7 },
        }),
        'workers-ai': workersAnswer({
          usage: {
            prompt_tokens: 20,
            completion_tokens: 10,
            total_tokens: 30,
            prompt_tokens_details: { cached_tokens: 7 },
          },
        }),
      },
    },
    {
      kind: 'answer',
      name: 'tokens written to the cache',
      probe: usageOf(({ prompt_tokens_details: details }) => details?.cache_write_tokens),
      says: {
        'openai-chat': chatAnswer(
          {},
          {
            usage: {
              prompt_tokens: 20,
              completion_tokens: 10,
              total_tokens: 30,
              prompt_tokens_details: { cache_write_tokens: 6 },
            },
          },
        ),
        'openai-responses': responsesAnswer([message({ text: words })], {
          usage: {
            input_tokens: 20,
            output_tokens: 10,
            total_tokens: 30,
            input_tokens_details: { cached_tokens: 0, cache_write_tokens: 6 },
          },
        }),
        'anthropic-messages': messagesAnswer([{ type: 'text', text: words }], {
          usage: { input_tokens: 14, output_tokens: 10, cache_creation_input_tokens: 6 },
        }),
        'bedrock-converse': converseAnswer([{ text: words }], {
          usage: { inputTokens: 14, outputTokens: 10, totalTokens: 30, cacheWriteInputTokens: 6 },
        }),
      },
    },
    {
      kind: 'answer',
      name: 'reasoning tokens',
      probe: usageOf(({ completion_tokens_details: details }) => details?.reasoning_tokens),
      says: {
        'openai-chat': chatAnswer(
          {},
          {
            usage: {
              prompt_tokens: 20,
              completion_tokens: 10,
              total_tokens: 30,
              completion_tokens_details: { reasoning_tokens: 4 },
            },
          },
        ),
        'openai-responses': responsesAnswer([message({ text: words })], {
          usage: {
            input_tokens: 20,
            output_tokens: 10,
            total_tokens: 30,
            output_tokens_details: { reasoning_tokens: 4 },
          },
        }),
        'anthropic-messages': messagesAnswer([{ type: 'text', text: words }], {
          usage: { input_tokens: 20, output_tokens: 10, output_tokens_details: { thinking_tokens: 4 } },
        }),
        'gemini-generate': geminiAnswer([{ text: words }], {
          usageMetadata: { promptTokenCount: 20, candidatesTokenCount: 6, thoughtsTokenCount: 4, totalTokenCount: 30 },
        }),
        'cohere-chat': cohereAnswer(
          {},
          { usage: { tokens: { input_tokens: 20, output_tokens: 10, reasoning_tokens: 4 } } },
        ),
        'workers-ai': workersAnswer({
          usage: {
            prompt_tokens: 20,
            completion_tokens: 10,
            total_tokens: 30,
            completion_tokens_details: { reasoning_tokens: 4 },
          },
        }),
      },
    },
    {
      kind: 'answer',
      name: 'audio tokens',
      probe: usageOf(({ prompt_tokens_details: details }) => details?.audio_tokens),
      says: {
        'openai-chat': chatAnswer(
          {},
          {
            usage: {
              prompt_tokens: 20,
              completion_tokens: 10,
              total_tokens: 30,
              prompt_tokens_details: { audio_tokens: 5 },
            },
          },
        ),
        'gemini-generate': geminiAnswer([{ text: words }], {
          usageMetadata: {
            promptTokenCount: 20,
            candidatesTokenCount: 10,
            totalTokenCount: 30,
            promptTokensDetails: [
              { modality: 'TEXT', tokenCount: 15 },
              { modality: 'AUDIO', tokenCount: 5 },
            ],
          },
        }),
        'workers-ai': workersAnswer({
          usage: {
            prompt_tokens: 20,
            completion_tokens: 10,
            total_tokens: 30,
            prompt_tokens_details: { audio_tokens: 5 },
          },
        }),
      },
    },
    { kind: 'error', name: 'error as JSON' },
    { kind: 'stream-error', name: 'error within a stream' },
  ],
}
