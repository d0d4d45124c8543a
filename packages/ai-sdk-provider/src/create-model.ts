import { isObject } from './is-object.ts'
import { markGatewayModel } from './leg.ts'
import { createModelContext, modelsAtHand } from './model-context.ts'
import { runCall, type ModelContext } from './run-call.ts'
import type { AnyModel, ModelKind, ModelSources } from './model-types.ts'
import { modelFromId } from './model-from-id.ts'
import { modelTraits } from './model-traits.ts'
import type { AiGatewayModelOptions, AnySettings } from './settings.ts'

/** The kinds that have no class of their own. */
export type OtherKind = Exclude<ModelKind, 'languageModel'>

/** The methods of all kinds; a model has those that all of its models have. */
const methodNames = ['doEmbed', 'doGenerate', 'doRerank', 'doStart', 'doStatus']

type Method = (options: object) => Promise<unknown>

/** A model of any kind whose calls go through the gateway and are answered by one of several models. */
export function createModel(
  kind: OtherKind,
  models: ModelSources<AnyModel>,
  { settings, options }: { settings: AnySettings; options: AiGatewayModelOptions },
): AnyModel {
  const fromId = (id: string) => modelFromId(kind, id, settings)
  const context = createModelContext(models, { settings, modelOptions: options, fromId })
  const { specificationVersion, provider, modelId } = context.first
  const names = methodNames.filter((name) => modelsAtHand(context).every((model) => hasMethod(model, name)))
  const methods = Object.fromEntries(names.map((name) => [name, methodFor(context, name)]))
  const model: AnyModel = { specificationVersion, provider, modelId, ...methods }
  markGatewayModel(model)
  return Object.defineProperties(model, modelTraits(kind, context))
}

function hasMethod(model: AnyModel, name: string): boolean {
  return typeof Reflect.get(model, name) === 'function'
}

function methodFor(context: ModelContext, name: string): Method {
  if (context.legs.length > 1 && name === 'doStart') return (options) => startOperation(context, options)
  if (context.legs.length > 1 && name === 'doStatus') return (options) => askOperation(context, options)
  return (options) => runCall({ ...context, method: name, options })
}

/** Only the model that started an operation knows of it, so the operation says which one that was. */
async function startOperation(context: ModelContext, options: object): Promise<unknown> {
  const result = await runCall({ ...context, method: 'doStart', options })
  if (!isObject(result) || !isObject(result['providerMetadata'])) return result
  const { gateway } = result['providerMetadata']
  const step: unknown = isObject(gateway) ? gateway['step'] : 0
  return { ...result, operation: { step, operation: result['operation'] } }
}

async function askOperation(context: ModelContext, options: object): Promise<unknown> {
  const given: unknown = Reflect.get(options, 'operation')
  const { step, operation } = isObject(given) ? given : {}
  const leg = context.legs[Number(step)]
  if (!leg) throw new TypeError('The operation was not started by this model.')
  return runCall({ ...context, legs: [leg], method: 'doStatus', options: { ...options, operation } })
}
