import { fromBase64Url } from './base64-url.ts'
import { hash } from './hash.ts'
import { isJson } from './shape.ts'
import type { Visit } from './visit.ts'

const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/**
 * Google's token endpoint for service accounts; `undefined` for any other path. A token names its account. Accounts with
 * "disabled" in their names get none.
 */
export function googleTokenRoute({ request, path, text }: Visit): Response | undefined {
  if (path !== '/token' || request.method !== 'POST') return undefined
  const form = new URLSearchParams(text)
  if (form.get('grant_type') !== grantType) return refuse('unsupported_grant_type', 'Invalid grant_type: ')
  const [header, claims] = (form.get('assertion') ?? '').split('.').map(decode)
  const account = String(claims?.['iss'] ?? '')
  const isWhole = header?.['alg'] === 'RS256' && account !== '' && typeof claims?.['exp'] === 'number'
  if (!isWhole || !String(claims['scope']).includes('cloud-platform')) return refuse('invalid_grant', 'Invalid JWT.')
  if (account.includes('disabled')) return refuse('invalid_grant', 'Invalid grant: account not found')
  const token = `ya29.${hash(account).toString(16)}.${String(claims['iat'])}`
  return Response.json({ access_token: token, expires_in: 3599, token_type: 'Bearer' })
}

function decode(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(fromBase64Url(part))
    return isJson(value) ? value : undefined
  } catch {
    return undefined
  }
}

function refuse(error: string, error_description: string): Response {
  return Response.json({ error, error_description }, { status: 400 })
}
