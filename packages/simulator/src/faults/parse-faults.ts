/** How many arguments each fault or setting takes: at least, at most. */
const arity = {
  refuse: [0, 0],
  'stall-first': [0, 0],
  status: [1, 2],
  'html-502': [0, 0],
  'error-frame': [0, 1],
  'preamble-error': [0, 1],
  cut: [1, 1],
  stall: [1, 1],
  malformed: [1, 1],
  split: [1, 1],
  crlf: [0, 0],
  'no-usage': [0, 0],
  'zero-usage': [0, 0],
  'no-terminal': [0, 0],
  'no-done': [0, 0],
  duplicate: [0, 0],
  huge: [1, 1],
  slow: [1, 1],
  pace: [1, 1],
  comments: [0, 0],
  'context-length': [0, 0],
  'content-filter': [0, 0],
  'model-not-found': [0, 0],
  quota: [0, 0],
  'bad-auth': [0, 0],
  times: [2, 9],
  words: [1, 1],
  seed: [1, 1],
  static: [0, 0],
} as const satisfies Record<string, readonly [number, number]>

export type FaultName = keyof typeof arity

/** One fault with its arguments as written. */
export interface Fault {
  name: FaultName
  args: readonly string[]
}

/** Thrown for a fault part that the grammar does not know, so that a typing error is loud. */
export class FaultSyntaxError extends Error {}

const names = Object.keys(arity)
  .filter(isFaultName)
  .sort((a, b) => b.length - a.length)

/** Splits a model id into the vendor's id and its fault parts: `gpt-5+cut:5+crlf` or `gpt-5-fault-cut-5`. */
export function splitModel(id: string): { model: string; specs: string[] } {
  const [head = '', ...plus] = id.split('+')
  const [base = '', ...dashed] = head.split(/(?:^|-)fault-/)
  return { model: base === '' ? 'simulated-model' : base, specs: [...dashed, ...plus].filter((spec) => spec !== '') }
}

/** Reads `name[:arg…]` (or with dashes); a bare number is a status. Throws a FaultSyntaxError. */
export function parseFault(spec: string): Fault {
  if (/^\d{3}(?=$|[:-])/.test(spec)) return parseFault(`status:${spec}`)
  const name = names.find(
    (candidate) => spec === candidate || spec.startsWith(`${candidate}:`) || spec.startsWith(`${candidate}-`),
  )
  if (name === undefined) throw new FaultSyntaxError(`unknown fault \`${spec}\`; known: ${names.toSorted().join(', ')}`)
  const rest = spec.slice(name.length + 1)
  const args = name === 'times' ? timesArgs(rest) : rest.split(/[:-]/).filter((arg) => arg !== '')
  const [min, max] = arity[name]
  const isNumeric = name === 'times' || name === 'seed' || args.every((arg) => /^\d+$/.test(arg))
  if (args.length < min || args.length > max || !isNumeric) {
    throw new FaultSyntaxError(
      `fault \`${spec}\`: \`${name}\` takes ${min === max ? min : `${min} to ${max}`} number(s)`,
    )
  }
  return { name, args }
}

function timesArgs(rest: string): string[] {
  const match = /^(\d+)[:-](.+)$/.exec(rest)
  return match ? [match[1] ?? '', match[2] ?? ''] : []
}

function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(arity, name)
}
