/** Gives an id of a dimension its name. */
export type Names = (key: string, value: string | null) => string

type Named = readonly { id: string; name: string }[] | undefined

/** What the absence of each dimension is called. */
const absences: Readonly<Record<string, string>> = {
  error_type: 'no error',
  cache_status: 'not cached',
  user_id: 'nobody',
  provider_key_id: 'no stored key',
  key_source: 'no key',
}

/** Names of what is known, shortened ids of what is not. */
export function createNames(known: Readonly<Record<string, Named>>): Names {
  const tables = new Map(
    Object.entries(known).map(([key, list = []]) => [key, new Map(list.map(({ id, name }) => [id, name]))]),
  )
  return (key, value) => {
    if (value === null || value === '') return absences[key] ?? 'none'
    return tables.get(key)?.get(value) ?? (isUuid(value) ? `${value.slice(0, 8)}…` : value)
  }
}

function isUuid(text: string): boolean {
  return /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(text)
}
