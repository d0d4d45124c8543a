import type { RouteNode } from './element.ts'

/** The output that a new element goes behind: of the chosen element, or of the start. A model's success leads to an end. */
export function placeFor(
  elements: readonly RouteNode[],
  selected: string | undefined,
): { id: string; output: string } | undefined {
  const chosen =
    elements.find(({ id, type }) => id === selected && type !== 'end') ?? elements.find(({ type }) => type === 'start')
  if (!chosen) return undefined
  const [first] = Object.keys(chosen.outputs)
  const output = chosen.type === 'model' ? 'fallback' : first
  return output === undefined ? undefined : { id: chosen.id, output }
}
