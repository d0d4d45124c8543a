import { isObject } from '../json.ts'
import type { Provider } from '../provider.ts'
import type { WireFormat } from '../wire-format.ts'
import type { CallerFormat } from './caller-formats.ts'
import { createTestContext } from './create-test-context.ts'

/** Writes a caller's request for a provider. @throws Error when the body is no plain JSON. */
export function checkRequest(
  { format, request }: CallerFormat,
  { wire, encode }: Provider & { wire: WireFormat },
): void {
  const context = createTestContext()
  const { body } = wire.formatRequest(format.parseRequest(request, context), context)
  const bodies = format.id === wire.id ? [body, request] : [body]
  for (const written of bodies) {
    const hole = findHole(encode?.(written, { model: 'the-model', stream: true }) ?? written, 'body')
    if (hole !== undefined) throw new Error(`\`${hole}\` is undefined: leave the field out.`)
  }
}

/** Where a value has something that JSON has no word for. */
function findHole(value: unknown, path: string): string | undefined {
  if (value === undefined) return path
  const entries = Array.isArray(value) || isObject(value) ? Object.entries(value) : []
  return entries.map(([field, inner]) => findHole(inner, `${path}.${field}`)).find((hole) => hole !== undefined)
}
