import { isObject, stringOf, type Json, type JsonObject } from '../../json.ts'

type Place = JsonObject | Json[]

/**
 * Puts one piece of a streamed function call's arguments where its JSON path says; a piece of text is appended to the
 * text already there.
 * @see https://cloud.google.com/vertex-ai/generative-ai/docs/multimodal/function-calling#streaming-fc
 */
export function applyPartialArg(args: JsonObject, piece: JsonObject): void {
  const steps = stepsOf(stringOf(piece['jsonPath']) ?? '')
  const last = steps.at(-1)
  if (last === undefined) return
  let place: Place = args
  for (const [position, step] of steps.slice(0, -1).entries()) {
    const next = get(place, step)
    const isOpen = isObject(next) || Array.isArray(next)
    const child: Place = isOpen ? next : typeof steps[position + 1] === 'number' ? [] : {}
    if (!isOpen) set(place, step, child)
    place = child
  }
  const known = get(place, last)
  const value = valueOf(piece)
  set(place, last, typeof known === 'string' && typeof value === 'string' ? known + value : value)
}

type Step = string | number

/** `$.a[0]['b c']` as its steps. */
function stepsOf(path: string): Step[] {
  const matches = path.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\[(?:'([^']*)'|"([^"]*)")\]/g)
  return Array.from(matches, ([, name, index, single, double]) =>
    index === undefined ? (name ?? single ?? double ?? '') : Number(index),
  )
}

function valueOf(piece: JsonObject): Json {
  return piece['stringValue'] ?? piece['numberValue'] ?? piece['boolValue'] ?? null
}

function get(place: Place, step: Step): Json | undefined {
  if (Array.isArray(place)) return place[Number(step)]
  return Object.hasOwn(place, String(step)) ? place[String(step)] : undefined
}

function set(place: Place, step: Step, value: Json): void {
  if (Array.isArray(place)) place[Number(step)] = value
  else Object.defineProperty(place, String(step), { value, enumerable: true, writable: true, configurable: true })
}
