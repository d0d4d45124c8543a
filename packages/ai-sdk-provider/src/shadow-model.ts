import { captureSignal, isCustomFetch, wrapsAwareFetch } from './capture.ts'
import { isObject } from './is-object.ts'
import type { AnyModel } from './model-types.ts'
import { runBinding } from './run-binding.ts'
import type { FetchFunction } from './settings.ts'

/** A model as one call sees it: the caller's own stays as it is. */
export interface ShadowModel {
  model: object
  /** The call's options need this signal, because the model may hide where it keeps its `fetch`. */
  signal: AbortSignal | undefined
}

/** Where a model's requests are to go. */
export interface ShadowOptions {
  /** The method that is to be called. */
  method: string
  capture: FetchFunction
  /** The reason with which other fetches fail. */
  hidden: unknown
}

/** A stand-in for a model, whose requests are captured. */
export function shadowModel(model: AnyModel, { method, capture, hidden }: ShadowOptions): ShadowModel {
  const changes = changesFor(model, capture, hidden)
  const isSure = changes !== undefined && isInherited(model, method)
  return {
    model: changes ? shadow(model, changes) : model,
    signal: isSure ? undefined : captureSignal(capture, hidden),
  }
}

/** Whether a method works on the object that it is called on. A model's own function or a proxy's may not. */
function isInherited(model: object, method: string): boolean {
  const [first, second]: unknown[] = [Reflect.get(model, method), Reflect.get(model, method)]
  return first === second && !Object.hasOwn(model, method)
}

/** Whether the model was given a `fetch` of its own, which a gateway can't use. */
export function hasCustomFetch(model: AnyModel): boolean {
  return isCustomFetch(configOf(model)?.['fetch'])
}

function configOf(model: object): Record<string, unknown> | undefined {
  return 'config' in model && isObject(model.config) ? model.config : undefined
}

/** What the shadow's config has in place of the model's own; `undefined` where nothing in it sends requests. */
function changesFor(model: object, capture: FetchFunction, hidden: unknown): Record<string, unknown> | undefined {
  const config = configOf(model)
  if (config && 'fetch' in config) return { fetch: fetchOver(config['fetch'], capture, hidden) }
  return config && hasAiBinding(config) ? { binding: runBinding(capture) } : undefined
}

/** Workers AI's models run on `env.AI` itself, or on a stand-in that has a token and a `fetch`. */
function hasAiBinding({ binding, isBinding }: Readonly<Record<string, unknown>>): boolean {
  return isBinding === true || (isObject(binding) && typeof binding['gateway'] === 'function')
}

/** A model's `fetch` that adds credentials goes on doing so, where it is known to end in ours. */
function fetchOver(fetch: unknown, capture: FetchFunction, hidden: unknown): FetchFunction {
  if (!wrapsAwareFetch(fetch)) return capture
  return (input, init) => fetch(input, { ...init, signal: captureSignal(capture, hidden) })
}

/** The model with changes in its config, and in that of models that it is made of. */
function shadow(model: object, changes: Readonly<Record<string, unknown>>): object {
  const config = configOf(model) ?? {}
  const own = { ...Object.getOwnPropertyDescriptors(config), ...toProperties(changes) }
  const parts = Object.entries(model).flatMap(([name, part]: [string, unknown]) => {
    const isModel = name !== 'config' && isObject(part) && 'fetch' in (configOf(part) ?? {})
    return isModel ? [[name, shadow(part, changes)] as const] : []
  })
  const value: unknown = Object.create(Object.getPrototypeOf(config), own)
  return Object.create(model, toProperties({ ...Object.fromEntries(parts), config: value }))
}

function toProperties(values: Readonly<Record<string, unknown>>): PropertyDescriptorMap {
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    { value, configurable: true, enumerable: true, writable: true },
  ])
  return Object.fromEntries(entries)
}
