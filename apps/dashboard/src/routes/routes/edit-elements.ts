import { elementTypes, type ElementType } from './element-types.ts'
import type { RouteNode } from './element.ts'

type Elements = readonly RouteNode[]

/** Puts a new element behind the others; its outputs lead to an end, and one of `after`, if it is there, to it. */
export function addElement(
  elements: Elements,
  type: ElementType,
  from?: { id: string; output: string },
): { elements: RouteNode[]; id: string } {
  const id = freeId(elements, type)
  const before = from && elements.find((one) => one.id === from.id)?.outputs[from.output]
  const end = elements.find((one) => one.type === 'end')
  const made = elementTypes[type].create(before?.elementId ?? end?.id ?? id)
  const all: RouteNode[] = [...elements, { id, ...made }]
  return { id, elements: from ? connect(all, from, id) : all }
}

/** Has an output lead elsewhere; `undefined` takes it away. */
export function connect(
  elements: Elements,
  { id, output }: { id: string; output: string },
  target: string | undefined,
): RouteNode[] {
  return elements.map((one) => {
    if (one.id !== id) return one
    const { [output]: _, ...others } = one.outputs
    return { ...one, outputs: target === undefined ? others : { ...one.outputs, [output]: { elementId: target } } }
  })
}

/** Takes an element away; what led to it leads to where it would have gone. */
export function removeElement(elements: Elements, id: string): RouteNode[] {
  const removed = elements.find((one) => one.id === id)
  const next = removed && Object.values(removed.outputs).find(({ elementId }) => elementId !== id)
  return elements
    .filter((one) => one.id !== id)
    .map((one) => {
      const outputs = Object.entries(one.outputs).flatMap(([name, { elementId }]) => {
        if (elementId !== id) return [[name, { elementId }] as const]
        return next ? [[name, next] as const] : []
      })
      return { ...one, outputs: Object.fromEntries(outputs) }
    })
}

/** Gives an element another id, also where outputs name it. Counts of a limit start anew with it. */
export function renameElement(elements: Elements, id: string, next: string): RouteNode[] {
  return elements.map((one) => ({
    ...one,
    id: one.id === id ? next : one.id,
    outputs: Object.fromEntries(
      Object.entries(one.outputs).map(([name, { elementId }]) => [
        name,
        { elementId: elementId === id ? next : elementId },
      ]),
    ),
  }))
}

/** Changes properties of one element; `undefined` takes a property away. */
export function setProperties(elements: Elements, id: string, change: Readonly<Record<string, unknown>>): RouteNode[] {
  return elements.map((one) => {
    if (one.id !== id) return one
    const entries = Object.entries({ ...one.properties, ...change }).filter(([, value]) => value !== undefined)
    return { ...one, properties: Object.fromEntries(entries) }
  })
}

/** Names an output anew, such as a share, at its place. */
export function renameOutput(
  elements: Elements,
  { id, output }: { id: string; output: string },
  next: string,
): RouteNode[] {
  return elements.map((one) => {
    if (one.id !== id || (next !== output && next in one.outputs)) return one
    const outputs = Object.entries(one.outputs).map(
      ([name, target]) => [name === output ? next : name, target] as const,
    )
    return { ...one, outputs: Object.fromEntries(outputs) }
  })
}

/** The first of `model`, `model-2`, `model-3` … that is free. */
function freeId(elements: Elements, type: string): string {
  const taken = new Set(elements.map(({ id }) => id))
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? type : `${type}-${number}`
    if (!taken.has(id)) return id
  }
}
