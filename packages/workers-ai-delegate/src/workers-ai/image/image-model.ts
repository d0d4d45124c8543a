import type {
  ImageModelV4,
  ImageModelV4CallOptions,
  ImageModelV4ProviderMetadata,
  ImageModelV4Result,
  JSONObject,
} from '@ai-sdk/provider'
import { BaseModel } from '../run/base-model.ts'
import type { ImageGenerationModels } from '../known-models.ts'
import type { ModelConfig } from '../run/model-config.ts'
import { readBytesIn } from '../run/read-answer.ts'
import { readGatewayFacts } from '../run/read-gateway-facts.ts'
import { runModel } from '../run/run-model.ts'
import { imageKindOf } from './image-kinds.ts'
import type { WorkersAIImageSettings } from './image-settings.ts'
import { toImageRequest } from './to-image-inputs.ts'

/** An image model of Workers AI; also edits images where the model does. */
export class WorkersAIImageModel
  extends BaseModel<ImageGenerationModels, WorkersAIImageSettings, ModelConfig>
  implements ImageModelV4
{
  readonly supportsFileInputs: boolean
  readonly supportsMaskInputs: boolean

  constructor(modelId: ImageGenerationModels, settings: WorkersAIImageSettings, config: ModelConfig) {
    super(modelId, settings, config)
    const { files, mask } = imageKindOf(modelId)
    this.supportsFileInputs = files > 0
    this.supportsMaskInputs = mask
  }

  get maxImagesPerCall(): number {
    return this.settings.maxImagesPerCall ?? 1
  }

  /**
   * Generates `n` images, each with a run of its own; with a seed, the second image has the next seed and so on, as the
   * same one would give the same image. Throws an APICallError when one of the runs fails.
   */
  async doGenerate(options: ImageModelV4CallOptions): Promise<ImageModelV4Result> {
    const { modelId, config } = this
    const { maxImagesPerCall: _, ...settings } = this.settings
    const { toInputs, warnings } = toImageRequest(options, modelId)
    const { n, seed, headers, abortSignal } = options
    const seeds = Array.from({ length: n }, (_, index) => (seed === undefined ? undefined : seed + index))
    const images = await Promise.all(
      seeds.map((own) =>
        runModel({ config, modelId, inputs: toInputs(own), settings, headers, abortSignal }, readBytesIn('image')),
      ),
    )
    const facts = images.map((image) => readGatewayFacts(image.headers))
    return {
      images: images.map(({ value }) => value),
      warnings: [...warnings, ...(facts[0]?.warnings ?? [])],
      response: { timestamp: config.now?.() ?? new Date(), modelId, headers: images[0]?.headers ?? {} },
      ...toProviderMetadata(facts.map(({ metadata }) => metadata)),
    }
  }
}

/** The gateway's facts of each image, and of the first one once more where other models have theirs. */
function toProviderMetadata(all: (JSONObject | undefined)[]): { providerMetadata?: ImageModelV4ProviderMetadata } {
  if (all.every((metadata) => metadata === undefined)) return {}
  return { providerMetadata: { gateway: { ...all[0], images: all.map((metadata) => metadata ?? {}) } } }
}
