import type { RouteField } from './route-field.ts'

/**
 * The field that a text names: `metadata.…`, `headers.…`, `body.…` with names and places (`body.messages[0].role`), and
 * `user.plan`. `undefined` for any other.
 */
export function parseField(text: string): RouteField | undefined {
  if (text === 'plan' || text === 'user.plan') return { in: 'plan' }
  const [, root, rest = ''] = /^(metadata|headers?|body)\.(.+)$/s.exec(text) ?? []
  if (root === undefined) return undefined
  if (root === 'metadata') return { in: 'metadata', name: rest }
  if (root !== 'body') return /^[\w!#$%&'*+.^`|~-]+$/.test(rest) ? { in: 'headers', name: rest } : undefined
  const steps = rest.replaceAll(/\[(\d+)\]/g, '.$1').split('.')
  return steps.every((step) => step !== '') ? { in: 'body', steps } : undefined
}
