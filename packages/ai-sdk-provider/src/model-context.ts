import { optionHeaders, mergeOptions } from './gateway-options.ts'
import { createLeg, expectLeg, firstModel } from './leg.ts'
import type { AnyModel, ModelSource, ModelSources } from './model-types.ts'
import type { ModelContext } from './run-call.ts'
import type { AiGatewayModelOptions, AnySettings } from './settings.ts'

/** What a gateway model is made from. */
export interface ModelContextOptions {
  settings: AnySettings
  modelOptions: AiGatewayModelOptions
  fromId(id: string): AnyModel
}

/** Checks models and options. Throws where a call would fail in any case: no model, mixed versions, a bad option. */
export function createModelContext(sources: ModelSources<AnyModel>, context: ModelContextOptions): ModelContext {
  const { settings, modelOptions, fromId } = context
  const { fallback, ...options } = modelOptions
  optionHeaders(mergeOptions(settings.options, options))

  const further: readonly ModelSource<AnyModel>[] = typeof fallback === 'object' ? fallback : []
  const legs = [...(isList(sources) ? sources : [sources]), ...further].map((source, index) =>
    createLeg(source, index, fromId),
  )
  const first = firstModel(legs)
  for (const { made } of legs) {
    if (made) expectLeg(made, first.specificationVersion)
  }
  const mode = typeof fallback === 'string' ? fallback : (settings.fallback ?? 'server')
  return { legs, first, settings, modelOptions: options, fallback: mode }
}

/** The models that are at hand; all of them, unless they are made one by one when they are needed. */
export function modelsAtHand({ legs, fallback }: ModelContext): AnyModel[] {
  return legs.flatMap((leg) => {
    const model = fallback === 'client' ? leg.made : leg.model()
    return model && !('then' in model) ? [model] : []
  })
}

function isList(sources: ModelSources<AnyModel>): sources is readonly ModelSource<AnyModel>[] {
  return Array.isArray(sources)
}
