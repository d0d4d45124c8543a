import { findEntry, type ProviderEntry } from './registry.ts'

/** The registry row of a built-in provider. @throws TypeError when the id is misspelt. */
export function entryOf(id: string): ProviderEntry {
  const entry = findEntry(id)
  if (!entry) throw new TypeError(`The registry has no provider "${id}".`)
  return entry
}
