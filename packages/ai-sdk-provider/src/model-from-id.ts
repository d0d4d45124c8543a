import { findEntry } from '@gw/adapters/registry'
import { NoSuchModelError } from '@ai-sdk/provider'
import { isObject } from './is-object.ts'
import type { AnyModel, ModelKind } from './model-types.ts'
import { createUnified } from './providers/unified.ts'
import type { AnySettings, UnifiedProvider } from './settings.ts'

const unifiedKinds = ['languageModel', 'embeddingModel', 'imageModel'] as const

/** What makes models of the unified endpoint unless the settings say otherwise; streams report their usage. */
const defaultUnified = /* @__PURE__ */ createUnified({ includeUsage: true, supportsStructuredOutputs: true })

/** The provider behind ids. */
export function unifiedOf({ unified }: AnySettings): UnifiedProvider {
  return unified ?? defaultUnified
}

/**
 * A model by its id, such as `openai/gpt-5`, `dynamic/support` or `auto/cheapest`. Throws `NoSuchModelError` where a
 * kind that the unified endpoint lacks has no provider for it in the settings.
 */
export function modelFromId(kind: ModelKind, id: string, settings: AnySettings): AnyModel {
  const unifiedKind = unifiedKinds.find((name) => name === kind)
  if (unifiedKind) return unifiedOf(settings)[unifiedKind](id)

  const [, name = '', modelId = ''] = /^([^/]+)\/(.+)$/s.exec(id) ?? []
  const provider = findProvider(name, settings)
  const model = provider && makeModel(provider, kind, modelId)
  if (!model) throw noSuchModel(kind, id, name || 'openai')
  return model
}

function findProvider(name: string, { providers = {} }: AnySettings): object | undefined {
  const wanted = findEntry(name)
  const found = Object.entries(providers).find(
    ([key]) => key === name || (wanted !== undefined && findEntry(key) === wanted),
  )
  return found?.[1]
}

function makeModel(provider: object, kind: ModelKind, modelId: string): AnyModel | undefined {
  const make: unknown = Reflect.get(provider, kind)
  const model: unknown = typeof make === 'function' ? Reflect.apply(make, provider, [modelId]) : undefined
  return isModel(model) ? model : undefined
}

function isModel(value: unknown): value is AnyModel {
  return isObject(value) && typeof value['modelId'] === 'string'
}

function noSuchModel(modelType: ModelKind, modelId: string, name: string): NoSuchModelError {
  const message =
    `No ${modelType} for the id ${modelId}. Pass \`providers: { ${name}: … }\` with an AI SDK provider that makes ` +
    'one to createAiGateway, or pass the model.'
  return new NoSuchModelError({ modelId, modelType, message })
}
