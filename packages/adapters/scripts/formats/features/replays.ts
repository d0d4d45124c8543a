import type { FeatureGroup } from '../feature.ts'
import {
  cohereAnswer,
  converseAnswer,
  geminiAnswer,
  messagesAnswer,
  ollamaAnswer,
  responsesAnswer,
} from './answer-of.ts'
import { thought, chatCalls } from './samples.ts'

const signed = 'SIGNATURE-OF-THE-MAKER'

export const replays: FeatureGroup = {
  title: 'Reasoning that must come back with tool results',
  features: [
    {
      kind: 'replay',
      name: 'signed or encrypted reasoning',
      marks: [signed],
      says: {
        'openai-responses': responsesAnswer([
          {
            type: 'reasoning',
            id: 'rs_1',
            summary: [{ type: 'summary_text', text: thought }],
            encrypted_content: signed,
          },
          { type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{}' },
        ]),
        'anthropic-messages': messagesAnswer(
          [
            { type: 'thinking', thinking: thought, signature: signed },
            { type: 'tool_use', id: 'call_1', name: 'look', input: {} },
          ],
          { stop_reason: 'tool_use' },
        ),
        'gemini-generate': geminiAnswer([
          { text: thought, thought: true },
          { functionCall: { id: 'call_1', name: 'look', args: {} }, thoughtSignature: signed },
        ]),
        'bedrock-converse': converseAnswer(
          [
            { reasoningContent: { reasoningText: { text: thought, signature: signed } } },
            { toolUse: { toolUseId: 'call_1', name: 'look', input: {} } },
          ],
          { stopReason: 'tool_use' },
        ),
      },
    },
    {
      kind: 'replay',
      name: 'open reasoning',
      marks: [thought],
      says: {
        'cohere-chat': cohereAnswer({ ...chatCalls, content: [], tool_plan: thought }, { finish_reason: 'TOOL_CALL' }),
        'ollama-chat': ollamaAnswer({
          content: '',
          thinking: thought,
          tool_calls: [{ function: { name: 'look', arguments: {} } }],
        }),
      },
    },
  ],
}
