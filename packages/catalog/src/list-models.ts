import { loadModels } from './load-models.ts'
import { anyModel } from './overlay.ts'
import { canonicalProvider, catalogProviders, priceSources } from './price-sources.ts'
import { toModel, type Model } from './to-model.ts'

/** Every model of a provider, or of all, with prices at a time (epoch milliseconds); `[]` for a provider without a list. */
export function listModels(at: number, provider?: string): readonly Model[] {
  const providers = provider === undefined ? catalogProviders : [canonicalProvider(provider)]
  return providers.flatMap((id) =>
    priceSources(id)
      .slice(0, 1)
      .flatMap((source) =>
        loadModels(source)
          .filter(([model]) => model !== anyModel)
          .map((row) => toModel(id, row, at)),
      ),
  )
}
