import { modelsAtHand } from './model-context.ts'
import type { ModelContext } from './run-call.ts'
import type { AnyModel, ModelKind } from './model-types.ts'

/** How several models' values of a property become one. */
type Combine = (context: ModelContext, name: string) => unknown

/** Properties besides name and methods, by kind: what holds for all models holds for the whole. */
const traits: Partial<Record<ModelKind, Readonly<Record<string, Combine>>>> = {
  embeddingModel: { maxEmbeddingsPerCall: smallest, supportsParallelCalls: every },
  imageModel: { maxImagesPerCall: smallestOf, supportsFileInputs: every, supportsMaskInputs: every },
  videoModel: { maxVideosPerCall: smallestOf },
}

/** The properties of a kind as getters, since models may be made later. */
export function modelTraits(kind: ModelKind, context: ModelContext): PropertyDescriptorMap {
  const entries = Object.entries(traits[kind] ?? {}).map(([name, combine]) => {
    const property: PropertyDescriptor = { enumerable: true, get: () => combine(context, name) }
    return [name, property] as const
  })
  return Object.fromEntries(entries)
}

function smallest(context: ModelContext, name: string): unknown {
  const values = modelsAtHand(context).map((model) => valueOf(model, name))
  return values.length === 1 ? values[0] : Promise.all(values).then(least)
}

/** Limits that the AI SDK may ask for with a function, and does so only with a function. */
function smallestOf(context: ModelContext, name: string): unknown {
  const models = modelsAtHand(context)
  const values = models.map((model): unknown => Reflect.get(model, name))
  if (values.length === 1 && typeof values[0] !== 'function') return values[0]
  return async () => least(await Promise.all(models.map((model) => valueOf(model, name))))
}

function every(context: ModelContext, name: string): unknown {
  const values = modelsAtHand(context).map((model) => valueOf(model, name))
  return values.length === 1 ? values[0] : Promise.all(values).then((all) => all.every((value) => value === true))
}

function valueOf(model: AnyModel, name: string): unknown {
  const value: unknown = Reflect.get(model, name)
  return typeof value === 'function' ? Reflect.apply(value, model, [{ modelId: model.modelId }]) : value
}

function least(values: readonly unknown[]): number | undefined {
  const limits = values.filter((value) => typeof value === 'number')
  return limits.length > 0 ? Math.min(...limits) : undefined
}
