import { GatewayError } from '@gw/headers'
import type { AnyModel, ModelSource } from './model-types.ts'

/** One model of those that are tried in order; made once, when it is first needed. */
export interface Leg {
  /** Its place among them, from 0. */
  readonly index: number
  /** The model, if it has been made. */
  readonly made: AnyModel | undefined
  /** Makes it. */
  model(): AnyModel | PromiseLike<AnyModel>
}

/** A leg for a model or for what makes it; `fromId` makes models from ids. */
export function createLeg(source: ModelSource<AnyModel>, index: number, fromId: (id: string) => AnyModel): Leg {
  let made: AnyModel | undefined = typeof source === 'object' ? source : undefined
  let pending: PromiseLike<AnyModel> | undefined
  const keep = (model: AnyModel) => (made = model)

  return {
    index,
    get made() {
      return made
    },
    model: () => {
      if (made) return made
      if (pending) return pending
      const model = typeof source === 'function' ? source() : fromId(String(source))
      if (!('then' in model)) return keep(model)
      pending = model.then(keep)
      // Whoever only looks whether it has been made doesn't wait for it. The next call may have more luck.
      pending.then(undefined, () => (pending = undefined))
      return pending
    },
  }
}

/** The first leg's model, which gives the whole its name and version. Throws where there is none yet. */
export function firstModel(legs: readonly Leg[]): AnyModel {
  const model = legs[0]?.model()
  if (!model) throw new GatewayError('invalid_request', 'The list of models is empty.')
  if ('then' in model) {
    throw new GatewayError('invalid_request', 'The first model must be at hand, not a promise.')
  }
  return model
}

const gatewayModels = /* @__PURE__ */ new WeakSet<object>()

/** Remembers a gateway model, so that it is not put behind a gateway again. */
export function markGatewayModel(model: object): void {
  gatewayModels.add(model)
}

/**
 * Throws for a model that can't be one of several: one that goes through a gateway already, or one of another version
 * than the first, in whose shape the AI SDK reads all answers.
 */
export function expectLeg(model: AnyModel, version: string): void {
  if (gatewayModels.has(model)) {
    throw new GatewayError(
      'invalid_request',
      `${model.provider} ${model.modelId} goes through a gateway already. Pass the models themselves.`,
    )
  }
  if (model.specificationVersion === version) return
  throw new GatewayError(
    'unsupported',
    `Models of one call must be of one AI SDK version: ${model.provider} ${model.modelId} is of ` +
      `${model.specificationVersion}, the first of ${version}. Update the older package.`,
  )
}
