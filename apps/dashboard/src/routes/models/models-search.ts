import { isSortKey, type SortKey } from './select-models.ts'

/** What of the Models page is in its URL. */
export interface ModelsSearch {
  q?: string | undefined
  provider?: string | undefined
  capability?: string | undefined
  /** Only models that `auto` chooses among. */
  pool?: '1' | undefined
  sort?: SortKey | undefined
  /** The other way round. */
  turned?: '1' | undefined
  /** The model that is open. */
  model?: string | undefined
}

/** Reads the URL; anything else in it is left out. */
export function parseModelsSearch(search: Readonly<Record<string, unknown>>): ModelsSearch {
  const { q, provider, capability, pool, sort, turned, model } = search
  return {
    ...(typeof q === 'string' && q && { q }),
    ...(typeof provider === 'string' && provider && { provider }),
    ...(typeof capability === 'string' && capability && { capability }),
    ...(pool === '1' && { pool }),
    ...(isSortKey(sort) && { sort }),
    ...(turned === '1' && { turned }),
    ...(typeof model === 'string' && model && { model }),
  }
}
