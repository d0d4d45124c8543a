import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose'

export interface AccessOptions {
  /** `https://{team}.cloudflareaccess.com`. */
  teamUrl: string
  /** The application's audience tag. */
  audience: string
  fetch(request: Request): Promise<Response>
  /** Ms since the epoch. */
  now(): number
}

/**
 * Checks the assertion that Cloudflare Access puts in front of the gateway, and gives the e-mail address that it vouches
 * for; `undefined` where it is not good. Rejects while the team's keys cannot be read.
 * @see https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/authorization-cookie/validating-json/
 */
export function createAccessVerifier({
  teamUrl,
  audience,
  fetch,
  now,
}: AccessOptions): (assertion: string) => Promise<string | undefined> {
  const issuer = teamUrl.replace(/\/+$/, '')
  const keys = createRemoteJWKSet(new URL(`${issuer}/cdn-cgi/access/certs`), {
    [customFetch]: (url, init) => fetch(new Request(url, { headers: init.headers })),
  })
  return async (assertion) => {
    try {
      const options = { issuer, audience, algorithms: ['RS256'], currentDate: new Date(now()) }
      const { payload } = await jwtVerify(assertion, keys, options)
      return typeof payload['email'] === 'string' ? payload['email'] : undefined
    } catch (error) {
      if (error instanceof Error && 'code' in error && refusals.test(String(error.code))) return undefined
      throw error
    }
  }
}

/** What jose says of an assertion, and not of the keys. */
const refusals = /^ERR_(?:JWT|JWS|JOSE_ALG|JWKS_NO_MATCHING)/
