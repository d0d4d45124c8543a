import type { LanguageModelV4 } from '@ai-sdk/provider'

type Urls = Record<string, RegExp[]>

/** The file URLs that every one of the models takes as they are; the AI SDK downloads the others, as any model may answer. */
export function intersectUrls(models: readonly LanguageModelV4[]): PromiseLike<Urls> | Urls {
  const [first, ...others] = models
  if (first === undefined) return {}
  return others.length === 0 ? first.supportedUrls : intersect(first, others)
}

async function intersect(first: LanguageModelV4, others: readonly LanguageModelV4[]): Promise<Urls> {
  const taken = await Promise.all(others.map(async ({ supportedUrls }) => supportedUrls))
  const shared = Object.entries(await first.supportedUrls).map(([type, patterns]): [string, RegExp[]] => [
    type,
    patterns.filter((pattern) => taken.every((urls) => urls[type]?.some((other) => `${other}` === `${pattern}`))),
  ])
  return Object.fromEntries(shared)
}
