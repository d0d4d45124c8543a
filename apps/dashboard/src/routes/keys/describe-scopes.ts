const kinds = ['models', 'providers', 'endpoints', 'gateways'] as const

type Kind = (typeof kinds)[number]

export type Scopes = { readonly [K in Kind]?: readonly string[] | undefined }

/**
 * What a key may be used for, for people.
 * @example describeScopes({ models: ['openai/*'] }) // 'models openai/*'
 */
export function describeScopes(scopes: Scopes): string {
  const parts = kinds.flatMap((kind) => {
    const list = scopes[kind]
    return list === undefined ? [] : [`${kind} ${list.join(', ') || 'none'}`]
  })
  return parts.length === 0 ? 'everything' : parts.join('; ')
}

/** Patterns as they were entered: separated by commas or white space; nothing is no restriction. */
export function parsePatterns(text: string): string[] | undefined {
  const patterns = text.split(/[\s,]+/).filter((pattern) => pattern !== '')
  return patterns.length === 0 ? undefined : patterns
}
