import { isRecord } from './is-record.ts'

/** The edges of an element whatever else is wrong with it. */
export function edgesOf(outputs: unknown): [name: string, to: string][] {
  if (!isRecord(outputs)) return []
  return Object.entries(outputs).flatMap(([name, ref]) =>
    isRecord(ref) && typeof ref['elementId'] === 'string' ? [[name, ref['elementId']] satisfies [string, string]] : [],
  )
}
