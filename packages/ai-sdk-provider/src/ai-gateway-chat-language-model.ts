import { isObject } from './is-object.ts'
import { markGatewayModel } from './leg.ts'
import { createModelContext, modelsAtHand } from './model-context.ts'
import { runCall, type ModelContext } from './run-call.ts'
import type { AnyModel, InstalledLanguageModel, ModelSources } from './model-types.ts'
import { modelFromId } from './model-from-id.ts'
import type { AiGatewayModelOptions, AnySettings } from './settings.ts'
import { commonUrls } from './supported-urls.ts'

type Method = 'doGenerate' | 'doStream'
type Specified = InstalledLanguageModel['specificationVersion']
type CallOptions = Parameters<InstalledLanguageModel['doGenerate']>[0]
type GenerateResult = Awaited<ReturnType<InstalledLanguageModel['doGenerate']>>
type StreamResult = Awaited<ReturnType<InstalledLanguageModel['doStream']>>

/**
 * A language model whose calls go through the gateway and are answered by one of several models. It has the version of
 * the models that it was given, `v4` for AI SDK 7 and `v3` for AI SDK 6.
 */
export class AiGatewayChatLanguageModel implements InstalledLanguageModel {
  readonly specificationVersion: Specified
  readonly defaultObjectGenerationMode = 'json'
  declare private readonly context: ModelContext

  constructor(models: ModelSources<AnyModel>, config: AnySettings, options: AiGatewayModelOptions = {}) {
    const fromId = (id: string) => modelFromId('languageModel', id, config)
    const context = createModelContext(models, { settings: config, modelOptions: options, fromId })
    // Not enumerable: the settings hold the gateway's key, and a model may end up in a log.
    Object.defineProperty(this, 'context', { value: context })
    this.specificationVersion = versionOf(context.first)
    markGatewayModel(this)
  }

  /** The models that are at hand, in the order in which they are tried. */
  get models(): InstalledLanguageModel[] {
    return modelsAtHand(this.context).filter(isLanguageModel)
  }

  get config(): AnySettings {
    return this.context.settings
  }

  get modelId(): string {
    return this.context.first.modelId
  }

  get provider(): string {
    return this.context.first.provider
  }

  /** The URLs that all models read by themselves; none while one of them has not been made. */
  get supportedUrls(): PromiseLike<Record<string, RegExp[]>> {
    const models = this.models
    const isComplete = models.length === this.context.legs.length
    return commonUrls(isComplete ? models.map(({ supportedUrls }) => supportedUrls) : [])
  }

  /** Runs a method on whichever of the models answers. */
  processModelRequest<T extends InstalledLanguageModel[Method]>(
    options: Parameters<T>[0],
    modelMethod: Method,
  ): Promise<Awaited<ReturnType<T>>>
  processModelRequest(options: CallOptions, modelMethod: Method): Promise<unknown> {
    return runCall({ ...this.context, method: modelMethod, options })
  }

  doGenerate(options: CallOptions): Promise<GenerateResult> {
    return this.processModelRequest<InstalledLanguageModel['doGenerate']>(options, 'doGenerate')
  }

  doStream(options: CallOptions): Promise<StreamResult> {
    return this.processModelRequest<InstalledLanguageModel['doStream']>(options, 'doStream')
  }
}

/** The version as the class declares it; the AI SDK reads what it is. */
function versionOf(model: AnyModel): Specified
function versionOf({ specificationVersion }: AnyModel): string {
  return specificationVersion
}

function isLanguageModel(model: AnyModel): model is InstalledLanguageModel {
  return isObject(model) && typeof model['doStream'] === 'function'
}
