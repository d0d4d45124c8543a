import { isRecord } from './is-record.ts'
import type { ElementRef, RouteElement } from './route-element.ts'

type Fields = Readonly<Record<string, unknown>>

/** An element that `checkElement` found nothing wrong with, without fields that no route has; `undefined` for any other. */
export function readElement(element: unknown): RouteElement | undefined {
  if (!isRecord(element) || typeof element['id'] !== 'string') return undefined
  const { id, properties = {} } = element
  const outputs = readOutputs(element['outputs'])
  const read = readers.get(element['type'])
  return read?.({ id, properties: isRecord(properties) ? properties : {}, outputs })
}

interface Parts {
  id: string
  properties: Fields
  outputs: Readonly<Record<string, ElementRef>>
}

const readers: ReadonlyMap<unknown, (parts: Parts) => RouteElement | undefined> = new Map([
  ['start', readStart],
  ['conditional', readConditional],
  ['percentage', ({ id, outputs }: Parts): RouteElement => ({ id, type: 'percentage', outputs })],
  ['rate', readRate],
  ['model', readModel],
  ['end', ({ id }: Parts): RouteElement => ({ id, type: 'end', outputs: {} })],
])

function readOutputs(outputs: unknown): Record<string, ElementRef> {
  if (!isRecord(outputs)) return {}
  const refs = Object.entries(outputs).flatMap(([name, ref]): [string, ElementRef][] =>
    isRecord(ref) && typeof ref['elementId'] === 'string' ? [[name, { elementId: ref['elementId'] }]] : [],
  )
  return Object.fromEntries(refs)
}

function readStart({ id, outputs: { next } }: Parts): RouteElement | undefined {
  return next && { id, type: 'start', outputs: { next } }
}

function readConditional({ id, properties: { conditions }, outputs }: Parts): RouteElement | undefined {
  const { true: yes, false: no } = outputs
  if (!isRecord(conditions) || !yes || !no) return undefined
  return { id, type: 'conditional', properties: { conditions }, outputs: { true: yes, false: no } }
}

function readRate({ id, properties, outputs: { success, fallback } }: Parts): RouteElement | undefined {
  const { limitType, key, limit, window, technique } = properties
  if ((limitType !== 'count' && limitType !== 'cost') || typeof key !== 'string' || !success) return undefined
  if (typeof limit !== 'number' || typeof window !== 'number') return undefined
  const isKnown = technique === 'fixed' || technique === 'sliding'
  return {
    id,
    type: 'rate',
    properties: { limitType, key, limit, window, ...(isKnown && { technique }) },
    outputs: { success, ...(fallback && { fallback }) },
  }
}

function readModel({ id, properties, outputs: { success, fallback } }: Parts): RouteElement | undefined {
  const { provider, model, timeout, retries } = properties
  if (typeof provider !== 'string' || typeof model !== 'string' || !success) return undefined
  return {
    id,
    type: 'model',
    properties: {
      provider,
      model,
      ...(typeof timeout === 'number' && { timeout }),
      ...(typeof retries === 'number' && { retries }),
    },
    outputs: { success, ...(fallback && { fallback }) },
  }
}
