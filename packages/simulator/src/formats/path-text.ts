import type { Path } from '../shape.ts'

/** `messages[0].content`, as OpenAI, Google and Cohere name a place. */
export function bracketPath(path: Path): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${key}`)).join('')
}

/** `messages.0.content`, as Anthropic names a place. */
export function dotPath(path: Path): string {
  return path.join('.')
}
