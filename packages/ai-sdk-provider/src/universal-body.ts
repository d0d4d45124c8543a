import type { Target } from './target-of.ts'

/** One entry of a universal request; the provider's body is kept as the text that the model wrote. */
export interface Entry extends Target {
  query: string
}

/** The body of a universal request, with each provider's body in it unchanged, to the byte. */
export function universalText(entries: readonly Entry[]): string {
  const texts = entries.map(({ query, ...target }) => `${JSON.stringify(target).slice(0, -1)},"query":${query}}`)
  return `[${texts.join(',')}]`
}

/** The same as objects, as bindings take it; options are part of each entry, which wins over the gateway's own. */
export function universalObjects(entries: readonly Entry[], options: Readonly<Record<string, string>>): unknown[] {
  return entries.map(({ query, headers, ...target }) => ({
    ...target,
    headers: { ...options, ...headers },
    query: JSON.parse(query),
  }))
}
