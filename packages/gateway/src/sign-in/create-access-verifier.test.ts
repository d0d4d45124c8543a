import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { createAccessVerifier } from './create-access-verifier.ts'

const now = 1_795_000_000_000
const teamUrl = 'https://team.cloudflareaccess.com'
const audience = 'aud-of-the-application'

async function start() {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
  const other = await generateKeyPair('RS256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }
  const asked: string[] = []
  const verify = createAccessVerifier({
    teamUrl: `${teamUrl}/`,
    audience,
    now: () => now,
    fetch: async ({ url }) => {
      asked.push(url)
      return Response.json({ keys: [jwk] })
    },
  })
  const sign = (change: { aud?: string; iss?: string; expiresAt?: number; email?: string; key?: CryptoKeyLike } = {}) =>
    new SignJWT(change.email === '' ? {} : { email: change.email ?? 'ann@example.com' })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setAudience(change.aud ?? audience)
      .setIssuer(change.iss ?? teamUrl)
      .setExpirationTime(change.expiresAt ?? now / 1000 + 60)
      .sign(change.key ?? privateKey)
  return { verify, sign, asked, otherKey: other.privateKey }
}

type CryptoKeyLike = Awaited<ReturnType<typeof generateKeyPair>>['privateKey']

test('whom the team’s key vouches for is known, and its keys are read once', async () => {
  const { verify, sign, asked } = await start()
  expect(await verify(await sign())).toBe('ann@example.com')
  expect(await verify(await sign({ email: 'bob@example.com' }))).toBe('bob@example.com')
  expect(asked).toEqual([`${teamUrl}/cdn-cgi/access/certs`])
})

test('nobody is known from an assertion for another application, of another team, too old, or signed by somebody else', async () => {
  const { verify, sign, otherKey } = await start()
  const assertions = [
    await sign({ aud: 'another' }),
    await sign({ iss: 'https://evil.cloudflareaccess.com' }),
    await sign({ expiresAt: now / 1000 - 1 }),
    await sign({ key: otherKey }),
    await sign({ email: '' }),
    'no.assertion.at-all',
  ]
  expect(await Promise.all(assertions.map(verify))).toEqual(assertions.map(() => undefined))
})

test('while the keys cannot be read the check fails, and says so', async () => {
  const fetch = async (): Promise<Response> => new Response('down', { status: 503 })
  const verify = createAccessVerifier({ teamUrl, audience, now: () => now, fetch })
  const { sign } = await start()
  await expect(verify(await sign())).rejects.toThrow('Expected 200 OK')
})
