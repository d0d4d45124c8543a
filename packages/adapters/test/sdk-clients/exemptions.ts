import { blockPrefix } from '../../src/wire/gemini-generate/read-block.ts'
import { aiSdkClients } from './ai-sdk-clients.ts'
import { mistralClient } from './mistral-client.ts'
import { ollamaGenerateClient } from './ollama-generate-client.ts'
import { openaiCompletionsClient } from './openai-completions-client.ts'
import type { RecordedAnswer } from './recorded-answers.ts'
import type { HeardAnswer, SdkClient } from './sdk-client.ts'

interface Exemption {
  reason: string
  clients: readonly SdkClient[]
  of(answer: RecordedAnswer): boolean
  /** What is not compared. Where it is not said, the client does not hear the answer at all. */
  fields?: readonly (keyof HeardAnswer)[]
}

/** What official clients do not hear, or hear as something else, and why. */
export const exemptions: readonly Exemption[] = [
  {
    reason: 'One who sends a prompt is answered with text: there is no way to offer tools.',
    clients: [openaiCompletionsClient, ollamaGenerateClient],
    of: ({ response: { choices } }) => choices.some(({ message }) => message.tool_calls?.length),
  },
  {
    reason: 'Its schemas hold what only Mistral sends: usage in every answer, and the name in every piece of a call.',
    clients: [mistralClient],
    of: ({ vendor }) => vendor !== 'mistral',
  },
  {
    reason: 'They ask for one choice, and of a stream with several they take every piece for one of it.',
    clients: [aiSdkClients.openaiCompatible, aiSdkClients.openaiChat, aiSdkClients.google],
    of: ({ response, items }) => items !== undefined && response.choices.length > 1,
    fields: ['text'],
  },
  {
    reason: 'It takes the words of a spoken answer for text.',
    clients: [aiSdkClients.openaiChat],
    of: ({ response }) => response.choices[0]?.message.audio !== undefined,
    fields: ['text'],
  },
  {
    reason: 'It does not say why a prompt was blocked.',
    clients: [aiSdkClients.google],
    of: ({ response }) => response.choices[0]?.native_finish_reason?.startsWith(blockPrefix) === true,
    fields: ['text'],
  },
]

/** Who hears of no error within a stream, and why. */
export const deafToStreamErrors: readonly SdkClient[] = [
  // Google sends a plain body between the events, as `@google/genai` expects it; here the stream is `interrupted`.
  aiSdkClients.google,
  // An event that is no chunk is a validation error, whatever it says.
  mistralClient,
]

/** True where the client is meant to hear an answer. */
export function hears(client: SdkClient, answer: RecordedAnswer): boolean {
  return !exemptions.some(({ clients, of, fields }) => !fields && clients.includes(client) && of(answer))
}

/** What of an answer is not compared. */
export function uncompared(client: SdkClient, answer: RecordedAnswer): readonly (keyof HeardAnswer)[] {
  return exemptions.flatMap(({ clients, of, fields = [] }) => (clients.includes(client) && of(answer) ? fields : []))
}
