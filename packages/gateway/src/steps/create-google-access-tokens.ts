import { GatewayError } from '@gw/headers'
import { importPKCS8, SignJWT } from 'jose'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { callUpstream } from './call-upstream.ts'
import type { ServiceAccount } from './parse-service-account.ts'
import { readAtMost } from './read-at-most.ts'
import { toTarget } from './to-target.ts'

export interface TokenRequest {
  /** The secret that the account was read from: only who has it gets its token. */
  secret: string
  account: ServiceAccount
  providerId: string
}

type TokenDeps = Pick<Deps, 'fetch' | 'now' | 'rewriteUpstream' | 'allowPrivateUpstreams'>

interface Token {
  text: string
  /** Ms since the epoch. */
  until: number
}

interface Held {
  token: Promise<Token>
  /** Until then the token, or the wait for it, is good. */
  until: number
}

const scope = 'https://www.googleapis.com/auth/cloud-platform'
const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** What a token has left at least when it is used, ms. */
const marginMs = 60_000
/** How long the token endpoint may take, ms. */
const timeoutMs = 10_000
const mostAccounts = 1000

/**
 * Access tokens of service accounts, each asked for once and used until shortly before it expires; requests that come
 * meanwhile wait for the same one.
 * @see https://developers.google.com/identity/protocols/oauth2/service-account#httprest
 */
export function createGoogleAccessTokens(): (request: TokenRequest, deps: TokenDeps) => Promise<string> {
  const accounts = new Map<string, Held>()

  const ask = async (request: TokenRequest, deps: TokenDeps): Promise<string> => {
    const held: Held = { token: fetchToken(request, deps), until: deps.now() + timeoutMs }
    if (accounts.size >= mostAccounts) accounts.clear()
    accounts.set(request.secret, held)
    try {
      const { text, until } = await held.token
      held.until = until
      return text
    } catch (error) {
      if (accounts.get(request.secret) === held) accounts.delete(request.secret)
      throw error
    }
  }

  return async (request, deps) => {
    const held = accounts.get(request.secret)
    const token = held && held.until > deps.now() ? await atMost(held.token) : undefined
    return token?.text ?? ask(request, deps)
  }
}

/** The request that asked may have been cancelled by its caller; those that wait for it then ask themselves. */
function atMost(token: Promise<Token>): Promise<Token | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), timeoutMs)
    void token.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

async function fetchToken({ account, providerId }: TokenRequest, deps: TokenDeps): Promise<Token> {
  const url = toTarget(new URL(account.token_uri), providerId, deps)
  const body = new URLSearchParams({ grant_type: grantType, assertion: await sign(account, deps.now()) })
  const request = new Request(url, { method: 'POST', body, redirect: 'manual' })
  const { signal: callerSignal } = new AbortController()
  const response = await callUpstream(request, { fetch: deps.fetch, timeoutMs, callerSignal })
  return readToken(response, deps.now())
}

async function sign(account: ServiceAccount, now: number): Promise<string> {
  const { client_email: issuer, private_key: pem, private_key_id: kid, token_uri: audience } = account
  const key = await importPKCS8(pem, 'RS256').catch((cause: unknown) => {
    const message = 'The private_key of the Google service account is no PKCS #8 key. Use its JSON key file.'
    throw new GatewayError('upstream_auth', message, { cause })
  })
  const issuedAt = Math.floor(now / 1000)
  return new SignJWT({ scope })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(kid !== undefined && { kid }) })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + 3600)
    .sign(key)
}

const answer = z.object({ access_token: z.string().min(1), expires_in: z.number().default(3600) })
const refusal = z.object({ error: z.string().regex(/^\w+$/) })

async function readToken(response: Response, now: number): Promise<Token> {
  const text = await readAtMost(response, 64 * 1024)
  const body = parseJson(text)
  const granted = answer.safeParse(body)
  if (response.ok && granted.success) {
    const { access_token, expires_in } = granted.data
    return { text: access_token, until: now + expires_in * 1000 - marginMs }
  }
  const why = refusal.safeParse(body).data?.error ?? `HTTP ${response.status}`
  if (response.status === 400 || response.status === 401 || response.status === 403) {
    throw new GatewayError(
      'upstream_auth',
      `Google refused the service account: ${why}. Check that its key is in use and the account is enabled.`,
    )
  }
  throw new GatewayError('upstream_error', `Google gave no access token for the service account: ${why}. Try again.`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
