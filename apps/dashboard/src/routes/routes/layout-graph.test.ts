import { expect, test } from 'vitest'
import { layoutGraph, sizes, type GraphNode } from './layout-graph.ts'

const node = (id: string, ...targets: string[]): GraphNode => ({
  id,
  outputs: Object.fromEntries(targets.map((elementId, index) => [`out${index}`, { elementId }])),
})
const rowsOf = (nodes: readonly GraphNode[]): Record<string, number> =>
  Object.fromEntries(
    layoutGraph(nodes).nodes.map(({ id, y }) => [id, (y - sizes.margin) / (sizes.height + sizes.gapY)]),
  )

test('each node is below all that lead to it', () => {
  const graph = [node('start', 'split'), node('split', 'a', 'b'), node('a', 'end', 'b'), node('b', 'end'), node('end')]
  expect(rowsOf(graph)).toEqual({ start: 0, split: 1, a: 2, b: 3, end: 4 })
})

test('nodes of a layer stand beside each other, in the middle, and do not touch', () => {
  const { nodes, width } = layoutGraph([node('start', 'a', 'b'), node('a'), node('b')])
  expect(width).toBe(2 * sizes.width + sizes.gapX + 2 * sizes.margin)
  expect(nodes.map(({ x }) => x)).toEqual([
    (width - sizes.width) / 2,
    sizes.margin,
    sizes.margin + sizes.width + sizes.gapX,
  ])
})

test('lines that pass a layer keep away from its nodes', () => {
  const graph = [node('start', 'a', 'end'), node('a', 'b'), node('b', 'end'), node('end')]
  const { nodes, edges } = layoutGraph(graph)
  const long = edges.find(({ from, to }) => from === 'start' && to === 'end')
  const inside = long?.points.filter(({ x, y }) =>
    nodes.some((one) => x > one.x && x < one.x + sizes.width && y > one.y && y < one.y + sizes.height),
  )
  expect(long?.points).toHaveLength(6)
  expect(inside).toEqual([])
})

test('branches do not cross where they need not', () => {
  const { nodes } = layoutGraph([node('s', 'a', 'b'), node('a', 'y'), node('b', 'x'), node('x'), node('y')])
  const x = (id: string): number => nodes.find((one) => one.id === id)?.x ?? 0
  expect([x('a') < x('b'), x('y') < x('x')]).toEqual([true, true])
})

test('outputs of a node go down from left to right', () => {
  const { nodes, edges } = layoutGraph([node('first', 'end', 'second'), node('second', 'end'), node('end')])
  const passed = edges.find(({ output }) => output === 'out0')?.points[1]?.x ?? 0
  expect(passed).toBeLessThan(nodes.find(({ id }) => id === 'second')?.x ?? 0)
})

test('a circle, a node alone and an output to nowhere are drawn', () => {
  const { nodes, edges } = layoutGraph([node('a', 'b'), node('b', 'a', 'gone'), node('alone')])
  expect(nodes).toHaveLength(3)
  expect(edges.map(({ from, to }) => `${from}-${to}`)).toEqual(['a-b', 'b-a'])
})

test('nothing is drawn of nothing', () => {
  expect(layoutGraph([])).toMatchObject({ nodes: [], edges: [] })
})
