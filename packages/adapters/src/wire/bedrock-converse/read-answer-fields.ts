import { objectOf, stringOf, type JsonObject } from '../../json.ts'

/** The stop sequence, which Claude tells where a request asks for it by `additionalModelResponseFieldPaths`. */
export function readStopSequence(body: JsonObject): { stop_sequence?: string } {
  const sequence = stringOf(objectOf(body['additionalModelResponseFields'])?.['stop_sequence'])
  return sequence === undefined ? {} : { stop_sequence: sequence }
}

/** The tier that served the request. */
export function readServiceTier(body: JsonObject): { service_tier?: string } {
  const tier = stringOf(objectOf(body['serviceTier'])?.['type'])
  return tier === undefined ? {} : { service_tier: tier }
}

/** What guardrails and the model itself reported, for callers who asked for it. */
export function readExtra(body: JsonObject): { extra?: JsonObject } {
  const { trace, additionalModelResponseFields: fields } = body
  const extra = { ...(trace && { trace }), ...(fields && { additionalModelResponseFields: fields }) }
  return Object.keys(extra).length === 0 ? {} : { extra }
}
