import type { Answer } from './read-answer.ts'

/**
 * Whether another model can help where this one failed. Not for what the gateway itself refuses to everybody, and not
 * for a malformed request, which every provider would refuse.
 */
export function isWorthAnother({ response, meta, error }: Answer): boolean {
  if (response.ok) return false
  const { status } = response
  if (error) return status === 402 || status === 404 || status === 408 || status >= 500
  if (meta.error) return meta.error !== 'invalid_request'
  return status !== 400 && status !== 422
}
