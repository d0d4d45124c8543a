import { isRecord } from './is-record.ts'
import { parseCondition } from './parse-condition.ts'
import { parseField } from './parse-field.ts'
import { findShareMistakes } from './find-share-mistakes.ts'

/** What is wrong, and where below the element. */
export interface Finding {
  path: string
  message: string
}

/** Finds what is wrong with a value. */
type Find = (value: unknown, path: string) => readonly Finding[]

interface ElementFacts {
  properties: Readonly<Record<string, Find>>
  /** Properties that may be absent. */
  optional?: readonly string[]
  /** Outputs that must be there, and others that may. */
  outputs: readonly string[]
  otherOutputs?: readonly string[]
  /** Takes the place of the lists of outputs. */
  findInOutputs?: Find
}

const say = (path: string, message: string): Finding[] => [{ path, message }]

const number =
  (isRight: (value: number) => boolean, words: string): Find =>
  (value, path) =>
    typeof value === 'number' && isRight(value) ? [] : say(path, `must be ${words}`)

const oneOf =
  (...choices: readonly string[]): Find =>
  (value, path) =>
    typeof value === 'string' && choices.includes(value) ? [] : say(path, `must be one of ${choices.join(', ')}`)

/** Seconds; the longest is longer than a year. */
const longestWindow = 400 * 86_400
const longestTimeout = 3_600_000
const mostRetries = 5
/** More than this is no whole number of nano-USD. */
const mostLimit = 9_000_000

const model: Find = (value, path) => {
  if (typeof value !== 'string' || value === '') return say(path, 'must be the name of a model, such as gpt-5-mini')
  if (value.length > 256) return say(path, 'has at most 256 characters')
  const isOdd = /[\s?#\\{}]|(?:^|\/)\.{1,2}(?:\/|$)/.test(value)
  return isOdd ? say(path, 'has no spaces, "?", "#", backslashes, braces, "." or ".." segments') : []
}

const provider: Find = (value, path) => {
  const isId = typeof value === 'string' && /^[\w.-]{1,64}$/.test(value)
  return isId ? [] : say(path, 'must be the id of a provider, such as openai or workers-ai')
}

const key: Find = (value, path) => {
  const isField = typeof value === 'string' && parseField(value) !== undefined
  return isField ? [] : say(path, 'must be a field: metadata.{key}, headers.{name}, body.{path} or user.plan')
}

const conditions: Find = (value, path) => {
  if (typeof value === 'string') return say(path, 'is a text that is not JSON')
  const parsed = parseCondition(value, path)
  return parsed.ok ? [] : parsed.mistakes
}

const limit: Find = (value, path) =>
  number((amount) => amount >= 0 && amount <= mostLimit, `a number from 0 to ${mostLimit}`)(value, path)

const isWhole =
  (least: number, most: number) =>
  (value: number): boolean =>
    Number.isInteger(value) && value >= least && value <= most

/** What elements of each type hold. */
const elementChecks: ReadonlyMap<unknown, ElementFacts> = new Map([
  ['start', { properties: {}, outputs: ['next'] }],
  ['conditional', { properties: { conditions }, outputs: ['true', 'false'] }],
  ['percentage', { properties: {}, outputs: [], findInOutputs: findShareMistakes }],
  [
    'rate',
    {
      properties: {
        limitType: oneOf('count', 'cost'),
        key,
        limit,
        window: number(isWhole(1, longestWindow), `a whole number of seconds from 1 to ${longestWindow}`),
        technique: oneOf('fixed', 'sliding'),
      },
      optional: ['technique'],
      outputs: ['success'],
      otherOutputs: ['fallback'],
    },
  ],
  [
    'model',
    {
      properties: {
        provider,
        model,
        timeout: number(isWhole(0, longestTimeout), `a whole number of ms from 0 to ${longestTimeout}`),
        retries: number(isWhole(0, mostRetries), `a whole number from 0 to ${mostRetries}`),
      },
      optional: ['timeout', 'retries'],
      outputs: ['success'],
      otherOutputs: ['fallback'],
    },
  ],
  ['end', { properties: {}, outputs: [] }],
])

/** Everything that is wrong with an element by itself. */
export function checkElement(element: Record<string, unknown>, path: string): Finding[] {
  const facts = elementChecks.get(element['type'])
  if (!facts) {
    return say(`${path}.type`, `must be one of ${[...elementChecks.keys()].join(', ')}`)
  }
  return [
    ...findInProperties(element['properties'] ?? {}, `${path}.properties`, facts),
    ...findInOutputs(element['outputs'] ?? {}, `${path}.outputs`, facts),
    ...findInLimit(element, path),
  ]
}

/** Requests are counted whole. */
function findInLimit({ properties }: Record<string, unknown>, path: string): Finding[] {
  if (!isRecord(properties) || properties['limitType'] !== 'count') return []
  const { limit: count } = properties
  const isFraction = typeof count === 'number' && isFinite(count) && !Number.isInteger(count)
  return isFraction ? say(`${path}.properties.limit`, 'must be a whole number of requests') : []
}

function findInProperties(value: unknown, path: string, { properties, optional = [] }: ElementFacts): Finding[] {
  if (!isRecord(value)) return say(path, 'must be an object')
  const missing = Object.keys(properties).filter((name) => value[name] === undefined && !optional.includes(name))
  return [
    ...missing.map((name) => ({ path: `${path}.${name}`, message: 'is missing' })),
    ...Object.entries(value).flatMap(([name, one]) => {
      const find = Object.hasOwn(properties, name) ? properties[name] : undefined
      if (!find) return say(`${path}.${name}`, knownOnly(Object.keys(properties), 'property'))
      return one === undefined ? [] : find(one, `${path}.${name}`)
    }),
  ]
}

function findInOutputs(value: unknown, path: string, facts: ElementFacts): Finding[] {
  if (!isRecord(value)) return say(path, 'must be an object')
  const { outputs, otherOutputs = [], findInOutputs: findOther } = facts
  const wrong = Object.entries(value).flatMap(([name, ref]) => findInRef(ref, `${path}.${name}`))
  if (findOther) return [...wrong, ...findOther(value, path)]
  const known = [...outputs, ...otherOutputs]
  const missing = outputs.filter((name) => (value[name] ?? undefined) === undefined)
  const unknown = Object.keys(value).filter((name) => !known.includes(name))
  return [
    ...wrong,
    ...missing.map((name) => ({ path: `${path}.${name}`, message: 'is missing: this output leads nowhere' })),
    ...unknown.map((name) => ({ path: `${path}.${name}`, message: knownOnly(known, 'output') })),
  ]
}

function findInRef(ref: unknown, path: string): Finding[] {
  const isRef = isRecord(ref) && typeof ref['elementId'] === 'string'
  return ref === undefined || ref === null || isRef ? [] : say(path, 'must be {"elementId": "…"}')
}

function knownOnly(known: readonly string[], what: string): string {
  return known.length === 0
    ? `is not known: the element has no ${what}`
    : `is not known. Known ${what}: ${known.join(', ')}`
}
