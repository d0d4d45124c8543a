import { objectsOf, type JsonObject } from './json.ts'
import { renameField } from './rename-field.ts'

/** For vendors who kept OpenAI's older words: `max_tokens` for the limit, `system` for the developer's role. */
export function encodeCompatible(body: JsonObject): JsonObject {
  const renamed = renameField(body, 'max_completion_tokens', 'max_tokens')
  const messages = objectsOf(renamed['messages'])
  if (!messages.some(({ role }) => role === 'developer')) return renamed
  return {
    ...renamed,
    messages: messages.map((message) => (message['role'] === 'developer' ? { ...message, role: 'system' } : message)),
  }
}
