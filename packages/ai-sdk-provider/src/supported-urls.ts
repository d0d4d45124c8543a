type Urls = Record<string, RegExp[]>

/** The URLs that every one of several models reads by itself, so that the AI SDK need not download them. */
export async function commonUrls(all: readonly (Urls | PromiseLike<Urls>)[]): Promise<Urls> {
  const [first = {}, ...rest] = await Promise.all(all)
  return rest.reduce(intersect, first)
}

function intersect(a: Urls, b: Urls): Urls {
  const common: Urls = {}
  for (const [typeA, patternsA] of Object.entries(a)) {
    for (const [typeB, patternsB] of Object.entries(b)) {
      const type = narrower(typeA, typeB)
      if (type === undefined) continue
      const both = patternsA.flatMap((patternA) => patternsB.flatMap((patternB) => conjunction(patternA, patternB)))
      if (both.length > 0) common[type] = [...(common[type] ?? []), ...both]
    }
  }
  return common
}

/** The media type that two patterns have in common, if one of them covers the other. */
function narrower(a: string, b: string): string | undefined {
  if (covers(a, b)) return b
  return covers(b, a) ? a : undefined
}

function covers(pattern: string, type: string): boolean {
  if (pattern === '*' || pattern === '*/*' || pattern === type) return true
  return pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1))
}

/** A pattern for what matches both; none where they can't be joined, which only costs a download. */
function conjunction(a: RegExp, b: RegExp): RegExp[] {
  if (a.flags !== b.flags) return []
  if (a.source === b.source) return [a]
  try {
    return [new RegExp(`^(?=[^]*?(?:${a.source}))(?=[^]*?(?:${b.source}))`, a.flags)]
  } catch {
    return []
  }
}
