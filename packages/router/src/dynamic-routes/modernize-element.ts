import { isRecord } from './is-record.ts'

/** Older types, and what they are now. */
const types: ReadonlyMap<unknown, { type: string; limitType?: string }> = new Map([
  ['rate_limit', { type: 'rate', limitType: 'count' }],
  ['budget_limit', { type: 'rate', limitType: 'cost' }],
])

/** Older names of properties, and what they are now. */
const names = { condition: 'conditions', interval: 'window' }

/**
 * An element in Cloudflare's present words: older ones are replaced, and conditions that travel as a text, as Terraform
 * sends them, are read. What is no element, or no such text, stays as it is.
 */
export function modernizeElement(element: unknown): unknown {
  if (!isRecord(element)) return element
  const { type, properties, outputs } = element
  const now = types.get(type)
  const next = type === 'start' ? readFlatOutput(outputs) : undefined
  const renamed = isRecord(properties) ? modernizeProperties(properties, now?.limitType) : properties
  return {
    ...element,
    ...(now && { type: now.type }),
    ...(renamed !== undefined && { properties: renamed }),
    ...(next && { outputs: next }),
  }
}

/** Terraform's schema has no `next`: its start says `{ elementId }`. */
function readFlatOutput(outputs: unknown): object | undefined {
  if (!isRecord(outputs) || typeof outputs['elementId'] !== 'string' || 'next' in outputs) return undefined
  return { next: { elementId: outputs['elementId'] } }
}

function modernizeProperties(properties: Record<string, unknown>, limitType: string | undefined): object {
  const renamed: Record<string, unknown> = { ...(limitType !== undefined && { limitType }), ...properties }
  for (const [before, now] of Object.entries(names)) {
    if (!(before in renamed) || now in renamed) continue
    const { [before]: value, ...others } = renamed
    Object.assign(others, { [now]: value })
    return modernizeProperties(others, undefined)
  }
  return typeof renamed['conditions'] === 'string'
    ? { ...renamed, conditions: readJson(renamed['conditions']) }
    : renamed
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
