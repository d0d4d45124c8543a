import { orderLayers } from './order-layers.ts'

/** Something with an id that leads to others. */
export interface GraphNode {
  id: string
  outputs: Readonly<Record<string, { elementId: string }>>
}

export interface Point {
  x: number
  y: number
}

/** Where a node is drawn: its top left corner. */
export interface PlacedNode extends Point {
  id: string
}

/** A line from an output to a node, with the points that it passes. */
export interface PlacedEdge {
  from: string
  output: string
  to: string
  points: readonly Point[]
}

export interface Layout {
  nodes: readonly PlacedNode[]
  edges: readonly PlacedEdge[]
  width: number
  height: number
}

/** Sizes of what is drawn, px. */
export const sizes = { width: 208, height: 62, gapX: 36, gapY: 58, margin: 24 } as const

const step = { x: sizes.width + sizes.gapX, y: sizes.height + sizes.gapY }

/**
 * Places a graph top-down, in layers: each node below all that lead to it, lines around the nodes between. The same graph
 * always comes out the same; cycles and nodes that nothing leads to are drawn, too.
 */
export function layoutGraph(nodes: readonly GraphNode[]): Layout {
  const links = linksOf(nodes)
  const layerOf = findLayers(nodes, links)
  const { layers, chains } = stretch(nodes, links, layerOf)
  const ordered = orderLayers(layers, [...chains.values()].flatMap(pairsOf))
  const columns = Math.max(1, ...ordered.map((layer) => layer.length))
  const width = columns * step.x - sizes.gapX + 2 * sizes.margin
  const places = new Map<string, Point>()
  for (const [row, layer] of ordered.entries()) {
    const left = (width - (layer.length * step.x - sizes.gapX)) / 2
    for (const [column, key] of layer.entries())
      places.set(key, { x: left + column * step.x, y: sizes.margin + row * step.y })
  }
  const at = (key: string): Point => places.get(key) ?? { x: 0, y: 0 }
  return {
    nodes: nodes.map(({ id }) => ({ id, ...at(nodeKey(id)) })),
    edges: links.map((link) => ({
      ...link,
      points: pointsOf(link, { chain: chains.get(linkKey(link)) ?? [], at, nodes }),
    })),
    width,
    height: Math.max(1, ordered.length) * step.y - sizes.gapY + 2 * sizes.margin,
  }
}

interface Link {
  from: string
  output: string
  to: string
}

const nodeKey = (id: string): string => `node ${id}`
const linkKey = ({ from, output }: Link): string => `${from} ${output}`

function linksOf(nodes: readonly GraphNode[]): Link[] {
  const ids = new Set(nodes.map(({ id }) => id))
  return nodes.flatMap(({ id, outputs }) =>
    Object.entries(outputs).flatMap(([output, { elementId: to }]) => (ids.has(to) ? [{ from: id, output, to }] : [])),
  )
}

/** The longest way from a node that nothing leads to; a link that closes a circle does not count. */
function findLayers(nodes: readonly GraphNode[], links: readonly Link[]): Map<string, number> {
  const layers = new Map<string, number>()
  const visit = (id: string, above: ReadonlySet<string>): void => {
    const layer = layers.get(id) ?? 0
    layers.set(id, layer)
    const path = new Set([...above, id])
    for (const { to } of links.filter(({ from }) => from === id)) {
      if (path.has(to) || (layers.get(to) ?? -1) >= layer + 1) continue
      layers.set(to, layer + 1)
      visit(to, path)
    }
  }
  const reached = new Set(links.map(({ to }) => to))
  for (const { id } of nodes) if (!reached.has(id)) visit(id, new Set())
  for (const { id } of nodes) if (!layers.has(id)) visit(id, new Set())
  return layers
}

interface Stretched {
  /** Keys of nodes, and of the places where lines pass a layer. */
  layers: string[][]
  /** The keys that each line passes, first and last included. */
  chains: Map<string, string[]>
}

/** In the order in which the graph is walked, so that outputs leave from left to right. */
function stretch(nodes: readonly GraphNode[], links: readonly Link[], layerOf: ReadonlyMap<string, number>): Stretched {
  const depth = Math.max(0, ...layerOf.values()) + 1
  const layers: string[][] = Array.from({ length: depth }, () => [])
  const chains = new Map<string, string[]>()
  const placed = new Set<string>()
  const place = (id: string): void => {
    if (placed.has(id)) return
    placed.add(id)
    const first = layerOf.get(id) ?? 0
    layers[first]?.push(nodeKey(id))
    for (const link of links.filter(({ from }) => from === id)) {
      const passed = passesOf(link, first, layerOf.get(link.to) ?? 0)
      for (const [index, key] of passed.entries()) layers[first + 1 + index]?.push(key)
      chains.set(linkKey(link), [nodeKey(id), ...passed, nodeKey(link.to)])
      place(link.to)
    }
  }
  for (const { id } of nodes) place(id)
  return { layers, chains }
}

/** A place in each layer between two. */
function passesOf(link: Link, first: number, last: number): string[] {
  return Array.from({ length: Math.max(0, last - first - 1) }, (_, index) => `pass ${linkKey(link)} ${index}`)
}

function pairsOf(chain: readonly string[]): [string, string][] {
  return chain.slice(1).map((key, index) => [chain[index] ?? '', key])
}

interface Drawing {
  chain: readonly string[]
  at(key: string): Point
  nodes: readonly GraphNode[]
}

/** Outputs leave side by side from the lower edge, and arrive in the middle of the upper one. */
function pointsOf({ from, output, to }: Link, { chain, at, nodes }: Drawing): Point[] {
  const outputs = Object.keys(nodes.find(({ id }) => id === from)?.outputs ?? {})
  const share = (outputs.indexOf(output) + 1) / (outputs.length + 1)
  const start = at(nodeKey(from))
  const goal = at(nodeKey(to))
  const middle = chain.slice(1, -1).flatMap((key) => {
    const { x, y } = at(key)
    return [
      { x: x + sizes.width / 2, y },
      { x: x + sizes.width / 2, y: y + sizes.height },
    ]
  })
  return [
    { x: start.x + sizes.width * share, y: start.y + sizes.height },
    ...middle,
    { x: goal.x + sizes.width / 2, y: goal.y },
  ]
}
