import { isWorthAnother } from './is-worth-another.ts'
import { isObject } from './is-object.ts'
import { expectLeg, type Leg } from './leg.ts'
import { mergeOptions } from './gateway-options.ts'
import type { AnyModel } from './model-types.ts'
import { finishRun } from './finish-run.ts'
import type { Run, Step } from './run.ts'
import { sendInTurn, sendOne, sendTogether } from './send-requests.ts'
import type { AiGatewayOptions, AnySettings, FallbackMode } from './settings.ts'
import { startLeg } from './start-leg.ts'
import { createTransport, isDownload, sendFollowUp } from './transport.ts'

/** What a gateway model is made of. */
export interface ModelContext {
  /** At least one. */
  legs: readonly Leg[]
  /** The first model, which gives the whole its name and version. */
  first: AnyModel
  settings: AnySettings
  modelOptions: AiGatewayOptions
  fallback: FallbackMode
}

/** One call of a gateway model. */
export interface GatewayCall extends ModelContext {
  /** The model's method, such as `doGenerate`. */
  method: string
  /** Its argument. */
  options: object
}

/** Has one of the models answer a call through the gateway; resolves to what its method returns. */
export async function runCall(call: GatewayCall): Promise<unknown> {
  const { options, gatewayOptions } = splitOptions(call.options)
  const { legs, settings, method } = call
  const asked = mergeOptions(implied(settings, method), settings.options, call.modelOptions, gatewayOptions)
  const transport = createTransport(settings, asked)
  const run: Run = { transport, settings, method, options, signal: signalOf(options), owners: new Map() }
  const version = call.first.specificationVersion
  return call.fallback === 'client' ? runInTurn(run, legs, version) : runTogether(run, legs, version)
}

/** Our gateway keeps a stream that may be resumed only where it is asked to; Cloudflare's does so by itself. */
function implied(settings: AnySettings, method: string): AiGatewayOptions {
  return method === 'doStream' && settings.resume ? { resumable: true } : {}
}

/** The call's own options for the gateway leave it here: no model sees them. */
function splitOptions(options: object): { options: object; gatewayOptions: object | undefined } {
  const given: unknown = Reflect.get(options, 'providerOptions')
  if (!isObject(given) || !isObject(given['gateway'])) return { options, gatewayOptions: undefined }
  const { gateway, ...providerOptions } = given
  return { options: { ...options, providerOptions }, gatewayOptions: gateway }
}

function signalOf(options: object): AbortSignal | undefined {
  const signal: unknown = Reflect.get(options, 'abortSignal')
  return isSignal(signal) ? signal : undefined
}

/** Also one of another realm or of a polyfill. */
function isSignal(value: unknown): value is AbortSignal {
  return isObject(value) && 'aborted' in value
}

/** Every model writes its request, once; the gateway gets them all. */
async function runTogether(run: Run, legs: readonly Leg[], version: string): Promise<unknown> {
  const places = await Promise.all(legs.map(async (leg) => ({ model: await leg.model(), index: leg.index })))
  for (const { model } of places) expectLeg(model, version)

  const steps = places.map((place) => start(run, place))
  try {
    const requests = await Promise.all(steps.map(({ request }) => request))
    const won = (await sendTogether(run, steps, requests)) ?? (await sendInTurn(run, steps, requests))
    return await finishRun(run, won)
  } finally {
    for (const step of steps) step.dismiss()
  }
}

/** A model is made and writes its request only after those before it have failed. */
async function runInTurn(run: Run, legs: readonly Leg[], version: string): Promise<unknown> {
  let attempts = 0
  for (const leg of legs) {
    const model = await leg.model()
    expectLeg(model, version)
    const winner = start(run, { model, index: leg.index })
    try {
      const answer = await sendOne(run, await winner.request)
      attempts += answer.meta.attempts ?? 1
      if (leg !== legs.at(-1) && isWorthAnother(answer)) continue
      return await finishRun(run, { ...answer, meta: { ...answer.meta, attempts }, winner })
    } finally {
      winner.dismiss()
    }
  }
  return undefined
}

function start(run: Run, place: Pick<Step, 'model' | 'index'>): Step {
  const { method, options, transport, signal } = run
  const running = startLeg(place.model, {
    method,
    options,
    signal,
    isDownload: (request) => isDownload(transport, request),
    sendFollowUp: (request, first) => sendFollowUp(transport, request, first),
  })
  return { ...running, ...place }
}
