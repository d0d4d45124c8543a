import { objectOf, objectsOf, type Json, type JsonObject } from '../../src/json.ts'
import { createTestContext } from '../../src/testing/create-test-context.ts'
import { describeLeaves } from './describe-leaves.ts'
import type { Cell, ReplayFeature } from './feature.ts'
import type { Inbound, InboundId, Upstream } from './formats.ts'
import { leavesOf, markedLeaves } from './leaves.ts'
import { leavesOfEvents, restream, toChunks, wholeRequest } from './restream.ts'

/**
 * What becomes of something that a provider wants back: its answer goes to the caller, who sends it back as the history
 * of the next request, as every client of that format does. A stream must say it too.
 */
export function decideReplay({ says, marks }: ReplayFeature, inbound: Inbound, upstream: Upstream): Cell {
  const { format, model } = upstream
  const said = says[format.id]
  if (said === undefined) return { state: 'unsayable' }
  const answer = format.parseResponse(said, createTestContext(model))
  const body = inbound.format.formatResponse(answer, createTestContext(model), wholeRequest)
  const events = restream(toChunks(answer), upstream, inbound.format)
  const context = createTestContext(model)
  const next = inbound.format.parseRequest({ ...inbound.request, ...histories[inbound.id](body) }, context)
  const { body: sent, warnings } = format.formatRequest(next, context)
  if (!markedLeaves(leavesOf(sent), marks)) return { state: warnings.length > 0 ? 'dropped' : 'lost' }
  const secrets = leavesOf(body).flatMap(({ path, value }) => (isSecret(path, String(value)) ? [String(value)] : []))
  if (!markedLeaves(leavesOfEvents(events), secrets)) return { state: 'lost' }
  if (inbound.id === format.id) return { state: 'same' }
  return { state: 'mapped', how: describeLeaves(markedLeaves(leavesOf(body), marks) ?? [], {}) }
}

/** Where formats keep what only the maker can read, some with a mark before it; a mark alone says only whose it is. */
const isSecret = (path: string, value: string): boolean =>
  /(?:signature|encrypted_content|\.data)$/i.test(path) && !value.endsWith(':')

const question = { role: 'user', content: 'Hi' }
const firstOf = (value: unknown): JsonObject => objectsOf(value)[0] ?? {}
const messagesOf = (turn: Json | undefined): JsonObject => ({
  messages: [question, turn ?? null, { role: 'tool', tool_call_id: 'call_1', tool_name: 'look', content: 'seen' }],
})

/** The history that a client makes of an answer, with the result of the call in it. */
const histories: Readonly<Record<InboundId, (body: JsonObject) => JsonObject>> = {
  'openai-chat': (body) => messagesOf(firstOf(body['choices'])['message']),
  'openai-responses': ({ output }) => ({
    input: [question, ...objectsOf(output), { type: 'function_call_output', call_id: 'call_1', output: 'seen' }],
  }),
  'anthropic-messages': ({ content }) => ({
    messages: [
      question,
      { role: 'assistant', content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1', content: 'seen' }] },
    ],
  }),
  'gemini-generate': ({ candidates }) => ({
    contents: [
      { role: 'user', parts: [{ text: 'Hi' }] },
      firstOf(candidates)['content'] ?? null,
      { role: 'user', parts: [{ functionResponse: { id: 'call_1', name: 'look', response: { result: 'seen' } } }] },
    ],
  }),
  'cohere-chat': ({ message }) => messagesOf(message),
  'ollama-chat': ({ message }) => messagesOf(message),
  'workers-ai': ({ result }) => {
    const { response, usage: _, id: __, model: ___, created: ____, ...said } = objectOf(result) ?? {}
    return messagesOf({ ...said, role: 'assistant', content: response })
  },
}
