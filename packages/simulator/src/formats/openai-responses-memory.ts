import { isJson } from '../shape.ts'
import { sign } from './signature.ts'

type Json = Record<string, unknown>

/** What a vendor keeps of responses: a single item under its id, a whole conversation under that of its last response. */
export interface ResponseMemory {
  find(id: unknown): readonly unknown[] | undefined
  save(id: unknown, items: readonly unknown[]): void
  clear(): void
}

export function createResponseMemory(limit = 10_000): ResponseMemory {
  const kept = new Map<unknown, readonly unknown[]>()
  return {
    find: (id) => kept.get(id),
    save: (id, items) => {
      if (kept.size >= limit) kept.clear()
      kept.set(id, items)
    },
    clear: () => kept.clear(),
  }
}

/** The body with what is kept put in: items in place of references, and the turns before it. */
export function recallItems(body: unknown, memory: ResponseMemory): unknown {
  if (!isJson(body)) return body
  const { previous_response_id: previous, ...rest } = body
  const before = memory.find(previous)
  if (!before && !Array.isArray(body['input'])) return body
  const items = [...(before ?? []), ...inputOf(body)].map((item) => recall(item, memory))
  return { ...(before ? rest : body), input: items }
}

/** Keeps what a response said, unless it was asked not to. */
export function rememberResponse(response: unknown, body: unknown, memory: ResponseMemory): void {
  if (!isJson(response) || !isJson(body) || body['store'] === false) return
  const output: unknown[] = Array.isArray(response['output']) ? response['output'] : []
  for (const item of output) if (isJson(item)) memory.save(item['id'], [item])
  memory.save(response['id'], [...inputOf(body), ...output])
}

/** A vendor knows its own secrets: reasoning that it keeps needs no encrypted content. */
function recall(item: unknown, memory: ResponseMemory): unknown {
  if (!isJson(item)) return item
  const [kept] = memory.find(item['id']) ?? []
  const found = item['type'] === 'item_reference' ? (kept ?? item) : item
  const isKeptThought = kept !== undefined && isJson(found) && found['type'] === 'reasoning'
  return isKeptThought ? withSecret(found) : found
}

const withSecret = (thought: Json): Json => ({
  ...thought,
  encrypted_content: thought['encrypted_content'] ?? sign('openai', String(thought['id'])),
})

function inputOf({ input }: Json): unknown[] {
  if (Array.isArray(input)) return input
  return [{ type: 'message', role: 'user', content: input }]
}
