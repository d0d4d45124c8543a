import { GatewayError } from '@gw/headers'
import { toHex } from '../../sign-in/to-hex.ts'

/** A name for what an answer says, without the fields that change by themselves. */
export async function entityTagOf(answer: unknown, volatile: ReadonlySet<string>): Promise<string> {
  const text = JSON.stringify(answer, (key, value: unknown) => (volatile.has(key) ? undefined : value))
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return `"${toHex(new Uint8Array(digest).subarray(0, 12))}"`
}

/** @throws GatewayError `precondition_failed` unless `If-Match` names the tag. */
export function requireMatch(ifMatch: string, tag: string): void {
  if (ifMatch.trim() === '*' || tagsIn(ifMatch).includes(tag)) return
  throw new GatewayError(
    'precondition_failed',
    'Somebody else has changed this since you read it. Read it again, then repeat your change.',
  )
}

/** Whether `If-None-Match` names the tag. */
export function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  return ifNoneMatch !== undefined && tagsIn(ifNoneMatch).includes(tag)
}

function tagsIn(header: string): string[] {
  return header.split(',').map((one) => one.trim().replace(/^W\//, ''))
}
