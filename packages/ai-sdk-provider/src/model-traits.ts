import { modelsAtHand } from './model-context.ts'
import type { ModelContext } from './run-call.ts'
import type { AnyModel, ModelKind } from './model-types.ts'

/** How several models' values of a property become one. */
interface Trait {
  join(values: readonly unknown[]): unknown
  /** A limit for which the AI SDK may have to call a function: it waits for what that returns, and not for a value. */
  isAsked?: boolean
}

const every: Trait = { join: (values) => values.every((value) => value === true) }
const least: Trait = { join: leastOf }
const leastAsked: Trait = { join: leastOf, isAsked: true }

/** Properties besides name and methods, by kind: what holds for all models holds for the whole. */
const traits: Partial<Record<ModelKind, Readonly<Record<string, Trait>>>> = {
  embeddingModel: { maxEmbeddingsPerCall: least, supportsParallelCalls: every },
  imageModel: { maxImagesPerCall: leastAsked, supportsFileInputs: every, supportsMaskInputs: every },
  videoModel: { maxVideosPerCall: leastAsked },
}

/** The properties of a kind as getters, since models may be made later. */
export function modelTraits(kind: ModelKind, context: ModelContext): PropertyDescriptorMap {
  const entries = Object.entries(traits[kind] ?? {}).map(([name, trait]) => {
    const property: PropertyDescriptor = { enumerable: true, get: () => valueOf(modelsAtHand(context), name, trait) }
    return [name, property] as const
  })
  return Object.fromEntries(entries)
}

function valueOf(models: readonly AnyModel[], name: string, { join, isAsked }: Trait): unknown {
  const values = models.map((model): unknown => Reflect.get(model, name))
  const [value] = values
  if (values.length === 1 && (!isAsked || typeof value !== 'function')) return value
  const ask = async () => join(await Promise.all(models.map((model, index) => answerOf(values[index], model))))
  return isAsked ? ask : ask()
}

function answerOf(value: unknown, model: AnyModel): unknown {
  return typeof value === 'function' ? Reflect.apply(value, model, [{ modelId: model.modelId }]) : value
}

function leastOf(values: readonly unknown[]): number | undefined {
  const limits = values.filter((value) => typeof value === 'number')
  return limits.length > 0 ? Math.min(...limits) : undefined
}
