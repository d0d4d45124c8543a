/** Where a value sits in the request body. */
export type Path = readonly (string | number)[]

/** What is wrong with one value of a request body. */
export interface Issue {
  code: 'missing' | 'unknown' | 'type' | 'value'
  path: Path
  /** What the vendor takes here, e.g. `a string` or `one of 'user', 'model'`. */
  expected: string
  /** What arrived, in words. */
  got: string
}

/** Thrown by a shape at the first value that does not fit; each format words it as its vendor does. */
export class ShapeError extends Error {
  readonly issue: Issue
  constructor(issue: Issue) {
    super(`${issue.path.join('.')}: expected ${issue.expected}, got ${issue.got}`)
    this.issue = issue
  }
}

/** A strict description of a JSON value; `accepts` throws a ShapeError rather than answer false. */
export interface Shape<T> {
  kind: Kind | 'any'
  accepts(value: unknown, path: Path): value is T
}

/** The TypeScript type that a shape describes. */
export type Static<S> = S extends Shape<infer T> ? T : never

type Kind = 'string' | 'number' | 'boolean' | 'array' | 'object' | 'null'
type Fields = Record<string, Shape<unknown>>
type Struct<R extends Fields, O extends Fields> = { [K in keyof R]: Static<R[K]> } & { [K in keyof O]?: Static<O[K]> }
type Json = Record<string, unknown>

/** Any JSON object, unexamined. */
export const json: Shape<Json> = plain('object')
/** Any value at all. */
export const any: Shape<unknown> = { kind: 'any', accepts: (value): value is unknown => value !== undefined }
export const string: Shape<string> = plain('string')
export const boolean: Shape<boolean> = plain('boolean')

/** A number within bounds; `integer` refuses fractions. */
export function number(bounds: { min?: number; max?: number; integer?: boolean } = {}): Shape<number> {
  const { min = -Infinity, max = Infinity, integer = false } = bounds
  return refine(plain<number>('number'), (value) => {
    if (integer && !Number.isInteger(value)) return 'an integer'
    if (value < min) return `a number >= ${min}`
    return value > max ? `a number <= ${max}` : undefined
  })
}

/** A string that is exactly one of these. */
export function oneOf<const T extends string>(...values: readonly T[]): Shape<T> {
  const known: ReadonlySet<string> = new Set(values)
  const text = plain<string>('string')
  return {
    kind: 'string',
    accepts: (value, path): value is T =>
      text.accepts(value, path) && (known.has(value) || wrong('value', { path, value, expected: quote(values) })),
  }
}

export function array<T>(item: Shape<T>, { min = 0, max = Infinity } = {}): Shape<T[]> {
  const list = plain<unknown[]>('array')
  return {
    kind: 'array',
    accepts(value, path): value is T[] {
      if (!list.accepts(value, path)) return false
      if (value.length < min) return wrong('value', { path, value, expected: `an array of at least ${min}` })
      if (value.length > max) return wrong('value', { path, value, expected: `an array of at most ${max}` })
      return value.every((entry, index) => item.accepts(entry, [...path, index]))
    },
  }
}

/** An object with exactly these fields: the second set is optional, anything else is refused. */
export function object<R extends Fields, O extends Fields = Record<never, never>>(
  required: R,
  optional?: O,
): Shape<Struct<R, O>> {
  const known = new Map<string, Shape<unknown>>([...Object.entries(optional ?? {}), ...Object.entries(required)])
  return struct(known, Object.keys(required), false)
}

/** Like `object`, but other fields pass unseen. */
export function open<R extends Fields, O extends Fields = Record<never, never>>(
  required: R,
  optional?: O,
): Shape<Struct<R, O>> {
  const known = new Map<string, Shape<unknown>>([...Object.entries(optional ?? {}), ...Object.entries(required)])
  return struct(known, Object.keys(required), true)
}

function struct<T>(known: Map<string, Shape<unknown>>, required: string[], isOpen: boolean): Shape<T> {
  return {
    kind: 'object',
    accepts(value, path): value is T {
      if (!json.accepts(value, path)) return false
      for (const [key, entry] of Object.entries(value)) {
        const shape = known.get(key)
        if (shape) shape.accepts(entry, [...path, key])
        else if (!isOpen) wrong('unknown', { path: [...path, key], value: entry, expected: 'no such field' })
      }
      const missing = required.find((key) => value[key] === undefined)
      return (
        missing === undefined || wrong('missing', { path: [...path, missing], value: undefined, expected: 'a value' })
      )
    },
  }
}

/** A string-keyed map of one shape. */
export function map<T>(entry: Shape<T>): Shape<Record<string, T>> {
  return {
    kind: 'object',
    accepts: (value, path): value is Record<string, T> =>
      json.accepts(value, path) && Object.entries(value).every(([key, item]) => entry.accepts(item, [...path, key])),
  }
}

/** One of several objects, told apart by the string in field `tag`. */
export function tagged<V extends Fields>(tag: string, variants: V): Shape<Static<V[keyof V]>> {
  return {
    kind: 'object',
    accepts(value, path): value is Static<V[keyof V]> {
      if (!json.accepts(value, path)) return false
      const name = value[tag]
      if (name === undefined) return wrong('missing', { path: [...path, tag], value: name, expected: 'a value' })
      const variant = typeof name === 'string' && Object.hasOwn(variants, name) ? variants[name] : undefined
      if (variant) return variant.accepts(value, path)
      return wrong('value', { path: [...path, tag], value: name, expected: quote(Object.keys(variants)) })
    },
  }
}

/** One of two shapes of different JSON kinds. */
export function either<A, B>(first: Shape<A>, second: Shape<B>): Shape<A | B> {
  return {
    kind: second.kind,
    accepts(value, path): value is A | B {
      return first.kind === kindOf(value) ? first.accepts(value, path) : second.accepts(value, path)
    },
  }
}

const nothing: Shape<null> = plain('null')

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return either(nothing, shape)
}

/** Adds a rule to a shape; `rule` answers with what it expected when the value breaks it. */
export function refine<T>(shape: Shape<T>, rule: (value: T) => string | undefined): Shape<T> {
  return {
    kind: shape.kind,
    accepts(value, path): value is T {
      if (!shape.accepts(value, path)) return false
      const expected = rule(value)
      return expected === undefined || wrong('value', { path, value, expected })
    },
  }
}

/** True for a JSON object (not an array, not null). */
export function isJson(value: unknown): value is Json {
  return kindOf(value) === 'object'
}

function plain<T>(kind: Kind): Shape<T> {
  return {
    kind,
    accepts: (value, path): value is T =>
      kindOf(value) === kind || wrong('type', { path, value, expected: article(kind) }),
  }
}

function kindOf(value: unknown): Kind | 'undefined' {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  const kind = typeof value
  return kind === 'string' || kind === 'number' || kind === 'boolean' || kind === 'object' ? kind : 'undefined'
}

function wrong(
  code: Issue['code'],
  { path, value, expected }: { path: Path; value: unknown; expected: string },
): false {
  const got = typeof value === 'string' && code === 'value' ? `'${value.slice(0, 60)}'` : article(kindOf(value))
  throw new ShapeError({ code, path, expected, got })
}

function article(kind: string): string {
  if (kind === 'null' || kind === 'undefined') return kind
  return /^[aeio]/.test(kind) ? `an ${kind}` : `a ${kind}`
}

function quote(values: readonly string[]): string {
  return `one of ${values.map((value) => `'${value}'`).join(', ')}`
}
