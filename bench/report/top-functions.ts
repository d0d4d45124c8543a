/** What the inspector's profiler returns, as far as it is read here. */
export interface CpuProfile {
  nodes: {
    id: number
    callFrame: { functionName: string; url: string; lineNumber: number }
    children?: number[]
  }[]
  samples: number[]
  timeDeltas: number[]
}

export interface FunctionShare {
  title: string
  /** Percent of the time that was not idle: in the function itself. */
  own: number
  /** The same with what it called. */
  whole: number
}

/** The functions in which most time was spent themselves. */
export function topFunctions({ nodes, samples, timeDeltas }: CpuProfile, count: number): FunctionShare[] {
  const titles = new Map(nodes.map(({ id, callFrame }) => [id, titleOf(callFrame)]))
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)))
  const own = new Map<string, number>()
  const whole = new Map<string, number>()
  let total = 0
  for (const [index, id] of samples.entries()) {
    const spent = timeDeltas[index] ?? 0
    const title = titles.get(id) ?? '?'
    if (title.startsWith('(idle)')) continue
    total += spent
    add(own, title, spent)
    const stack = new Set<string>()
    for (let node: number | undefined = id; node !== undefined; node = parents.get(node))
      stack.add(titles.get(node) ?? '?')
    for (const caller of stack) add(whole, caller, spent)
  }
  return [...whole]
    .map(([title, spent]) => ({ title, own: (100 * (own.get(title) ?? 0)) / total, whole: (100 * spent) / total }))
    .toSorted((one, other) => other.own - one.own || other.whole - one.whole)
    .slice(0, count)
}

function titleOf({ functionName, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string {
  return `${functionName || '(anonymous)'}${lineNumber > 0 ? ` :${lineNumber + 1}` : ''}`
}

function add(sums: Map<string, number>, title: string, spent: number): void {
  sums.set(title, (sums.get(title) ?? 0) + spent)
}
