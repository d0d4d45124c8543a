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
import { message, words, thought, url, shelf, chatCalls, tokens } from './samples.ts'

const png = 'iVBORw0KGgoMARKDRAWN0'

export const answers: FeatureGroup = {
  title: 'Answers',
  features: [
    {
      kind: 'answer',
      name: 'text',
      marks: [words],
      says: {
        'openai-chat': chatAnswer({ content: words }),
        'openai-responses': responsesAnswer([message({ text: words })]),
        'anthropic-messages': messagesAnswer([{ type: 'text', text: words }]),
        'gemini-generate': geminiAnswer([{ text: words }]),
        'cohere-chat': cohereAnswer({ content: [{ type: 'text', text: words }] }),
        'ollama-chat': ollamaAnswer({ content: words }),
        'workers-ai': workersAnswer({ response: words }),
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
      name: 'tool calls',
      marks: ['look', shelf],
      says: {
        'openai-chat': chatAnswer(chatCalls, { finish_reason: 'tool_calls' }),
        'openai-responses': responsesAnswer([
          { type: 'function_call', call_id: 'call_1', name: 'look', arguments: JSON.stringify({ shelf }) },
        ]),
        'anthropic-messages': messagesAnswer([{ type: 'tool_use', id: 'call_1', name: 'look', input: { shelf } }], {
          stop_reason: 'tool_use',
        }),
        'gemini-generate': geminiAnswer([{ functionCall: { name: 'look', args: { shelf } } }]),
        'cohere-chat': cohereAnswer({ ...chatCalls, content: [] }, { finish_reason: 'TOOL_CALL' }),
        'ollama-chat': ollamaAnswer({
          content: '',
          tool_calls: [{ function: { name: 'look', arguments: { shelf } } }],
        }),
        'workers-ai': workersAnswer({ response: null, tool_calls: [{ name: 'look', arguments: { shelf } }] }),
        'bedrock-converse': converseAnswer([{ toolUse: { toolUseId: 'call_1', name: 'look', input: { shelf } } }], {
          stopReason: 'tool_use',
        }),
      },
    },
    {
      kind: 'answer',
      name: 'reasoning text',
      marks: [thought],
      says: {
        'openai-chat': chatAnswer({ reasoning_content: thought }),
        'openai-responses': responsesAnswer([
          { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: thought }] },
          message({ text: words }),
        ]),
        'anthropic-messages': messagesAnswer([
          { type: 'thinking', thinking: thought, signature: 'sig' },
          { type: 'text', text: words },
        ]),
        'gemini-generate': geminiAnswer([{ text: thought, thought: true }, { text: words }]),
        'cohere-chat': cohereAnswer({
          content: [
            { type: 'thinking', thinking: thought },
            { type: 'text', text: words },
          ],
        }),
        'ollama-chat': ollamaAnswer({ thinking: thought }),
        'workers-ai': workersAnswer({ reasoning_content: thought }),
        'bedrock-converse': converseAnswer([
          { reasoningContent: { reasoningText: { text: thought, signature: 'sig' } } },
          { text: words },
        ]),
      },
    },
    {
      kind: 'answer',
      name: 'refusal',
      marks: ['I will not.'],
      says: {
        'openai-chat': chatAnswer({ content: null, refusal: 'I will not.' }),
        'openai-responses': responsesAnswer([
          { type: 'message', role: 'assistant', content: [{ type: 'refusal', refusal: 'I will not.' }] },
        ]),
        'anthropic-messages': messagesAnswer([], {
          stop_reason: 'refusal',
          stop_details: { type: 'refusal', category: null, explanation: 'I will not.' },
        }),
        'gemini-generate': geminiAnswer([], { finishReason: 'SAFETY', finishMessage: 'I will not.' }),
        'cohere-chat': cohereAnswer({ content: [{ type: 'text', text: 'I will not.' }] }),
        'ollama-chat': ollamaAnswer({ content: 'I will not.' }),
        'workers-ai': workersAnswer({ response: 'I will not.' }),
        'bedrock-converse': converseAnswer([{ text: 'I will not.' }], { stopReason: 'content_filtered' }),
      },
    },
    {
      kind: 'answer',
      name: 'image',
      marks: [png],
      says: {
        'openai-chat': chatAnswer({
          images: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } }],
        }),
        'openai-responses': responsesAnswer([
          { type: 'image_generation_call', id: 'ig_1', status: 'completed', result: png, output_format: 'png' },
        ]),
        'anthropic-messages': messagesAnswer([{ type: 'text', text: `![image](data:image/png;base64,${png})` }]),
        'gemini-generate': geminiAnswer([{ inlineData: { mimeType: 'image/png', data: png } }]),
        'cohere-chat': cohereAnswer({ content: [{ type: 'text', text: `![image](data:image/png;base64,${png})` }] }),
        'ollama-chat': ollamaAnswer({ content: `![image](data:image/png;base64,${png})` }),
        'workers-ai': workersAnswer({ response: `![image](data:image/png;base64,${png})` }),
        'bedrock-converse': converseAnswer([{ image: { format: 'png', source: { bytes: png } } }]),
      },
    },
    {
      kind: 'answer',
      name: 'web citations',
      marks: [url],
      says: {
        'openai-chat': chatAnswer({
          annotations: [{ type: 'url_citation', url_citation: { url, title: 'Sea', start_index: 0, end_index: 5 } }],
        }),
        'openai-responses': responsesAnswer([
          message({
            text: 'Hello.',
            annotations: [{ type: 'url_citation', url, title: 'Sea', start_index: 0, end_index: 5 }],
          }),
        ]),
        'anthropic-messages': messagesAnswer([
          {
            type: 'text',
            text: 'Hello.',
            citations: [
              { type: 'web_search_result_location', url, title: 'Sea', cited_text: 'x', encrypted_index: 'y' },
            ],
          },
        ]),
        'gemini-generate': geminiAnswer([{ text: 'Hello.' }], {
          groundingMetadata: {
            groundingChunks: [{ web: { uri: url, title: 'Sea' } }],
            groundingSupports: [{ segment: { startIndex: 0, endIndex: 5 }, groundingChunkIndices: [0] }],
          },
        }),
        'cohere-chat': cohereAnswer({
          citations: [
            {
              start: 0,
              end: 5,
              text: 'Hello',
              sources: [{ type: 'document', id: 'd', document: { url, title: 'Sea' } }],
            },
          ],
        }),
        'bedrock-converse': converseAnswer([
          {
            citationsContent: {
              content: [{ text: 'Hello.' }],
              citations: [{ title: 'Sea', location: { web: { url } } }],
            },
          },
        ]),
        'workers-ai': workersAnswer({ annotations: [{ type: 'url_citation', url_citation: { url, title: 'Sea' } }] }),
      },
    },
    {
      kind: 'answer',
      name: 'document citations',
      marks: ['Field guide'],
      says: {
        'openai-responses': responsesAnswer([
          message({
            text: 'Hello.',
            annotations: [{ type: 'file_citation', file_id: 'f', filename: 'Field guide', index: 0 }],
          }),
        ]),
        'anthropic-messages': messagesAnswer([
          {
            type: 'text',
            text: 'Hello.',
            citations: [
              {
                type: 'char_location',
                cited_text: 'x',
                document_index: 0,
                document_title: 'Field guide',
                start_char_index: 0,
                end_char_index: 1,
              },
            ],
          },
        ]),
        'gemini-generate': geminiAnswer([{ text: 'Hello.' }], {
          groundingMetadata: { groundingChunks: [{ retrievedContext: { title: 'Field guide' } }] },
        }),
        'cohere-chat': cohereAnswer({
          citations: [
            {
              start: 0,
              end: 5,
              text: 'Hello',
              sources: [{ type: 'document', id: 'd', document: { title: 'Field guide' } }],
            },
          ],
        }),
        'bedrock-converse': converseAnswer([
          {
            citationsContent: {
              content: [{ text: 'Hello.' }],
              citations: [{ title: 'Field guide', location: { documentChar: { documentIndex: 0, start: 0, end: 1 } } }],
            },
          },
        ]),
        'openai-chat': chatAnswer({
          file_citations: [{ filename: 'Field guide' }],
        }),
      },
    },
    {
      kind: 'answer',
      name: 'logprobs',
      marks: [-0.4321],
      says: {
        'openai-chat': chatAnswer({ content: 'Hello' }, { logprobs: { content: tokens, refusal: null } }),
        'openai-responses': responsesAnswer([message({ text: 'Hello', logprobs: tokens })]),
        'gemini-generate': geminiAnswer([{ text: 'Hello' }], {
          logprobsResult: { chosenCandidates: [{ token: 'Hello', logProbability: -0.4321 }] },
        }),
        'cohere-chat': cohereAnswer(
          { content: [{ type: 'text', text: 'Hello' }] },
          { logprobs: [{ text: 'Hello', token_ids: [1], logprobs: [-0.4321] }] },
        ),
        'ollama-chat': ollamaAnswer({ content: 'Hello' }, { logprobs: tokens }),
        'workers-ai': workersAnswer({ response: 'Hello', logprobs: { content: tokens, refusal: null } }),
      },
    },
    {
      kind: 'answer',
      name: 'several answers (`n`)',
      marks: ['Hello there.'],
      says: {
        'openai-chat': {
          ...chatAnswer({}),
          choices: [0, 1].map((index) => ({
            index,
            message: { role: 'assistant', content: index === 1 ? 'Hello there.' : 'Hello.' },
            finish_reason: 'stop',
          })),
        },
        'gemini-generate': {
          ...geminiAnswer([]),
          candidates: [0, 1].map((index) => ({
            index,
            content: { role: 'model', parts: [{ text: index === 1 ? 'Hello there.' : 'Hello.' }] },
            finishReason: 'STOP',
          })),
        },
      },
    },
  ],
}
