import { loadModels } from './load-models.ts'
import { matchesModel } from './matches-model.ts'
import { anyModel } from './overlay.ts'
import { canonicalProvider, priceSources } from './price-sources.ts'
import type { ModelRow } from './price-table.ts'
import type { Variant } from './variant.ts'

/** A model as callers name it. */
export interface ModelRef {
  /** Provider id or alias: `openai`, `workers-ai`, `xai`. */
  provider: string
  /** The provider's own model id, dated or not: `gpt-5-2025-08-07`. */
  model: string
  /** What was asked of it, where the price depends on that: the size of an image. */
  variant?: Variant
}

/** Names of models come from callers, so the cache is emptied before it could grow without end. */
const maxCached = 2000
const cache = new Map<string, ModelRow | undefined>()

/** The row of the price data for a model: by id, by the data's rules, without the date, without a path before the id. */
export function findRow({ provider, model }: ModelRef): ModelRow | undefined {
  const key = `${provider}\n${model}`
  if (cache.has(key)) return cache.get(key)
  if (cache.size >= maxCached) cache.clear()
  const row = search(canonicalProvider(provider), model.trim().toLowerCase())
  cache.set(key, row)
  return row
}

function search(provider: string, model: string): ModelRow | undefined {
  for (const name of spellings(provider, model)) {
    for (const source of sourcesOf(provider, model)) {
      const models = loadModels(source)
      const row =
        models.find(([id]) => id.toLowerCase() === name) ??
        models.find(([, match]) => match !== 0 && matchesModel(match, name))
      if (row) return row[0] === anyModel ? [model, row[1], row[2], row[3]] : row
    }
  }
  return undefined
}

/** Hugging Face's router names the vendor that serves, and sets the price, after a colon. */
function sourcesOf(provider: string, model: string): readonly string[] {
  if (provider !== 'huggingface') return priceSources(provider)
  const vendor = /:([\w-]+)$/.exec(model)?.[1]
  return vendor ? [`huggingface_${vendor}`] : []
}

/**
 * `-20250101` is tried as `-2025-01-01` too; publishers, resources and `models/` before the id are tried without. What
 * says only where or how a model is asked (Hugging Face's vendor, Azure's API version) is left out.
 */
function spellings(provider: string, model: string): readonly string[] {
  const bare = model.replace(askedHow[provider] ?? /$^/, '')
  const last = hasPath.has(provider) ? bare.slice(bare.lastIndexOf('/') + 1).replace('@', '-') : bare
  const dated = [bare, last].map((name) => name.replace(/-(20\d\d)(\d\d)(\d\d)(?=-|:|$)/g, '-$1-$2-$3'))
  return [...new Set([bare, last, ...dated])]
}

const askedHow: Readonly<Record<string, RegExp>> = { huggingface: /:[\w-]+$/, 'azure-openai': /@[\w-]+$/ }

const hasPath = new Set(['google-ai-studio', 'google-vertex-ai', 'azure-openai', 'aws-bedrock'])
