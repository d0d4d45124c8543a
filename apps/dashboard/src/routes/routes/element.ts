import { z } from '../../api/zod.ts'

/** A node of a route as the editor has it: it may be wrong, and keeps fields that the editor does not know. */
export interface RouteNode {
  id: string
  type: string
  properties?: Readonly<Record<string, unknown>> | undefined
  outputs: Readonly<Record<string, { elementId: string }>>
  readonly [field: string]: unknown
}

const nodeSchema = z.looseObject({
  id: z.string().min(1, 'must not be empty'),
  type: z.string(),
  properties: z.record(z.string(), z.unknown()).optional(),
  outputs: z.record(z.string(), z.object({ elementId: z.string() })).default({}),
})

/** Elements that can be drawn, or what is wrong with them. */
export type ReadElements = { ok: true; elements: RouteNode[] } | { ok: false; mistake: string }

/** Reads what is stored, or was written by hand. */
export function readElements(value: unknown): ReadElements {
  const parsed = z.array(nodeSchema, 'must be a list of elements').safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { ok: false, mistake: `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'cannot be read'}`.trim() }
  }
  const ids = parsed.data.map(({ id }) => id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  return twice === undefined
    ? { ok: true, elements: parsed.data }
    : { ok: false, mistake: `two elements have the id "${twice}"` }
}

/** Reads elements from JSON; an export with a name around them will do, too. */
export function parseElements(text: string): ReadElements {
  try {
    const value: unknown = JSON.parse(text)
    const wrapped = z.looseObject({ elements: z.unknown() }).safeParse(value)
    return readElements(wrapped.success ? wrapped.data.elements : value)
  } catch (error) {
    return { ok: false, mistake: `this is not JSON: ${error instanceof Error ? error.message : ''}` }
  }
}
