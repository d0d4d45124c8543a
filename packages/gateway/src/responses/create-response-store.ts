import { isObject, parseObject, type JsonObject } from '@gw/adapters'
import type { ResponseStore } from './response-store.ts'

/** Keeps texts by name, each for as long as the store says. */
export interface TextStore {
  put(name: string, text: string): Promise<void>
  get(name: string): Promise<string | undefined>
  /** @returns whether there was one. */
  remove(name: string): Promise<boolean>
}

/** Responses, and the items of their output, as texts under names of their organisation. */
export function createResponseStore(texts: TextStore): ResponseStore {
  const nameOf = (orgId: string, id: string): string => JSON.stringify([orgId, id])
  const find = async (orgId: string, id: string): Promise<JsonObject | undefined> => {
    const text = await texts.get(nameOf(orgId, id))
    return text === undefined ? undefined : parseObject(text)
  }
  return {
    save: async (orgId, stored) => {
      const { id } = stored.response
      const kept = [
        { id, value: stored },
        ...outputOf(stored.response).map((item) => ({ id: item['id'], value: item })),
      ]
      await Promise.all(
        kept.map(async ({ id: name, value }) => {
          if (typeof name === 'string') await texts.put(nameOf(orgId, name), JSON.stringify(value))
        }),
      )
    },
    find: async (orgId, responseId) => {
      const { response, input } = (await find(orgId, responseId)) ?? {}
      return isObject(response) && Array.isArray(input) ? { response, input } : undefined
    },
    findItem: find,
    remove: async (orgId, responseId) => {
      const { response } = (await find(orgId, responseId)) ?? {}
      const items = isObject(response) ? outputOf(response) : []
      const ids = items.flatMap(({ id }) => (typeof id === 'string' ? [id] : []))
      await Promise.all(ids.map((id) => texts.remove(nameOf(orgId, id))))
      return texts.remove(nameOf(orgId, responseId))
    },
  }
}

export function outputOf({ output }: JsonObject): JsonObject[] {
  return Array.isArray(output) ? output.filter(isObject) : []
}
