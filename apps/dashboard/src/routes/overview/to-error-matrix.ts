/** How many errors of each type each provider had. */
export interface ErrorMatrix {
  /** The most frequent first. */
  types: string[]
  providers: { value: string; label: string }[]
  /** By `<provider> <type>`. */
  counts: ReadonlyMap<string, number>
  /** The largest of them. */
  most: number
}

/** Puts together what each provider had; `types[i]` is of `providers[i]`. */
export function toErrorMatrix(
  providers: readonly string[],
  types: readonly (readonly { value: string; errors: number }[])[],
): ErrorMatrix {
  const counts = new Map<string, number>()
  const sums = new Map<string, number>()
  for (const [index, provider] of providers.entries()) {
    for (const { value, errors } of types[index] ?? []) {
      if (errors === 0) continue
      counts.set(`${provider} ${value}`, errors)
      sums.set(value, (sums.get(value) ?? 0) + errors)
    }
  }
  return {
    types: [...sums].sort(([, a], [, b]) => b - a).map(([type]) => type),
    providers: providers.map((value) => ({ value, label: value === '' ? 'before a provider' : value })),
    counts,
    most: Math.max(1, ...counts.values()),
  }
}
