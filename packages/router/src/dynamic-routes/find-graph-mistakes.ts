import type { RouteMistake } from './route.ts'

/** An element as far as the graph is concerned. */
export interface GraphNode {
  id: string
  type: unknown
  path: string
  /** Names of outputs, and where they lead. */
  edges: readonly (readonly [name: string, to: string])[]
}

/** Everything that is wrong with how elements hang together. */
export function findGraphMistakes(nodes: readonly GraphNode[]): RouteMistake[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const starts = nodes.filter(({ type }) => type === 'start')
  return [
    ...findDuplicates(nodes),
    ...findStarts(starts),
    ...findDangling(nodes, byId),
    ...findCycles(nodes, byId),
    ...(starts.length === 0 ? [] : findUnreachable(nodes, reach(starts, byId))),
    ...findEnds(nodes, byId),
  ]
}

type ById = ReadonlyMap<string, GraphNode>

const at = ({ id, path }: GraphNode, message: string, below = ''): RouteMistake => ({
  element: id,
  path: `${path}${below}`,
  message,
})

function findDuplicates(nodes: readonly GraphNode[]): RouteMistake[] {
  const seen = new Set<string>()
  return nodes.flatMap((node) => {
    const isNew = !seen.has(node.id)
    seen.add(node.id)
    return isNew ? [] : [at(node, `another element has the id "${node.id}"`, '.id')]
  })
}

function findStarts(starts: readonly GraphNode[]): RouteMistake[] {
  if (starts.length === 0) return [{ element: null, path: 'elements', message: 'has no element of type start' }]
  return starts.slice(1).map((node) => at(node, `is a second start, beside "${starts[0]?.id}"`, '.type'))
}

function findDangling(nodes: readonly GraphNode[], byId: ById): RouteMistake[] {
  return nodes.flatMap((node) =>
    node.edges
      .filter(([, to]) => !byId.has(to))
      .map(([name, to]) => at(node, `leads to "${to}", which does not exist`, `.outputs.${name}`)),
  )
}

/** Each cycle once, at the element that closes it. */
function findCycles(nodes: readonly GraphNode[], byId: ById): RouteMistake[] {
  const done = new Set<string>()
  const mistakes: RouteMistake[] = []
  const visit = (node: GraphNode, trail: readonly string[]): void => {
    if (done.has(node.id)) return
    const here = [...trail, node.id]
    for (const [name, to] of node.edges) {
      const next = byId.get(to)
      const position = here.indexOf(to)
      if (position !== -1) {
        const round = [...here.slice(position), to].join(' → ')
        mistakes.push(at(node, `leads back in a circle: ${round}`, `.outputs.${name}`))
      } else if (next) visit(next, here)
    }
    done.add(node.id)
  }
  for (const node of nodes) visit(node, [])
  return mistakes
}

function reach(from: readonly GraphNode[], byId: ById): ReadonlySet<string> {
  const reached = new Set<string>()
  const waiting = [...from]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (reached.has(node.id)) continue
    reached.add(node.id)
    for (const [, to] of node.edges) {
      const next = byId.get(to)
      if (next) waiting.push(next)
    }
  }
  return reached
}

function findUnreachable(nodes: readonly GraphNode[], reached: ReadonlySet<string>): RouteMistake[] {
  return nodes.filter(({ id }) => !reached.has(id)).map((node) => at(node, 'cannot be reached from the start'))
}

/** An answer ends the walk, so nothing can stand after it. */
function findEnds(nodes: readonly GraphNode[], byId: ById): RouteMistake[] {
  const models = nodes.filter(({ type }) => type === 'model')
  const late = models.flatMap((node) =>
    node.edges
      .filter(([name, to]) => name === 'success' && byId.has(to) && byId.get(to)?.type !== 'end')
      .map(([, to]) =>
        at(node, `leads to "${to}": the answer of a model ends the walk, so this must be an end`, '.outputs.success'),
      ),
  )
  if (models.length > 0) return late
  return [{ element: null, path: 'elements', message: 'has no element of type model, so nothing would answer' }]
}
