import { builtinProviders, createProviders } from '@gw/adapters'
import { Secret } from '@gw/keys'
import { exportPKCS8, generateKeyPair, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { readGoogleCredential } from './read-google-credential.ts'

const provider = createProviders(builtinProviders).find('google-vertex-ai')
const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
const pem = await exportPKCS8(privateKey)
const startedAt = 1_795_000_000_000

let accounts = 0

/** A service account that no other test has. */
function createAccount(change: object = {}): string {
  accounts += 1
  const client_email = `gw-${accounts}@my-project.iam.gserviceaccount.com`
  return JSON.stringify({
    type: 'service_account',
    project_id: 'my-project',
    client_email,
    private_key: pem,
    ...change,
  })
}

interface Google {
  answer?: () => Response
  variables?: Record<string, string>
}

/** A credential and what it makes of a request, with Google's token endpoint played. */
function start(secret: string, { answer, variables = {} }: Google = {}) {
  const asked: Request[] = []
  const clock = { now: startedAt }
  const read = () => {
    if (!provider) throw new Error('There is a provider.')
    return readGoogleCredential(new Secret(secret), provider, {
      fetch: async (request) => {
        asked.push(request)
        return answer?.() ?? Response.json({ access_token: `ya29.${asked.length}`, expires_in: 3600 })
      },
      now: () => clock.now,
      variables,
      allowPrivateUpstreams: false,
    })
  }
  const authorize = async () => read().authorize(new Request('https://aiplatform.googleapis.com/', { method: 'POST' }))
  return { asked, clock, read, authorize }
}

describe('a service account', () => {
  test('signs for a token, and asks for it once for all who need it', async () => {
    const { asked, authorize } = start(createAccount({ private_key_id: 'k1' }))
    const requests = await Promise.all(Array.from({ length: 20 }, authorize))
    expect(new Set(requests.map(({ headers }) => headers.get('authorization')))).toEqual(new Set(['Bearer ya29.1']))
    expect(asked.map(({ url, method, redirect }) => [url, method, redirect])).toEqual([
      ['https://oauth2.googleapis.com/token', 'POST', 'manual'],
    ])
    const form = new URLSearchParams(await asked[0]?.text())
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer')
    const currentDate = new Date(startedAt)
    const { payload, protectedHeader } = await jwtVerify(form.get('assertion') ?? '', publicKey, { currentDate })
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'k1' })
    expect(payload).toEqual({
      iss: `gw-${accounts}@my-project.iam.gserviceaccount.com`,
      scope: 'https://www.googleapis.com/auth/cloud-platform',
      aud: 'https://oauth2.googleapis.com/token',
      iat: startedAt / 1000,
      exp: startedAt / 1000 + 3600,
    })
  })

  test('uses its token until a minute before it expires', async () => {
    const { asked, clock, authorize } = start(createAccount())
    await authorize()
    clock.now = startedAt + 3_539_999
    await authorize()
    expect(asked).toHaveLength(1)
    clock.now = startedAt + 3_540_000
    expect((await authorize()).headers.get('authorization')).toBe('Bearer ya29.2')
  })

  test('fills project, location and endpoint, and never goes out itself', () => {
    const variables = { project: 'other', location: 'us-east5' }
    expect(start(createAccount(), { variables }).read()).toMatchObject({
      variables: { project: 'my-project', location: 'us-east5', endpoint: 'us-east5-aiplatform' },
      staysHere: true,
    })
    expect(start(createAccount({ region: 'eu' }), { variables }).read().variables).toEqual({
      project: 'my-project',
      location: 'eu',
      endpoint: 'aiplatform.eu.rep',
    })
    expect(start(createAccount({ project_id: undefined })).read().variables).toEqual({
      location: 'global',
      endpoint: 'aiplatform',
    })
  })

  test('may come as base64', async () => {
    const { authorize } = start(btoa(createAccount()))
    expect((await authorize()).headers.get('authorization')).toBe('Bearer ya29.1')
  })

  test.each([
    [400, { error: 'invalid_grant', error_description: `Invalid key ${pem}` }, 'upstream_auth', 'invalid_grant'],
    [401, 'no JSON', 'upstream_auth', 'HTTP 401'],
    [503, {}, 'upstream_error', 'HTTP 503'],
    [302, {}, 'upstream_error', 'HTTP 302'],
    [200, { token: 'x' }, 'upstream_error', 'HTTP 200'],
  ])(
    'that Google answers %i %o is an error without secrets, and can be tried again',
    async (...[status, body, code, why]) => {
      const { asked, authorize } = start(createAccount(), { answer: () => Response.json(body, { status }) })
      const error: unknown = await authorize().catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code, message: expect.stringContaining(why) })
      expect(String(error)).not.toContain('PRIVATE KEY')
      await authorize().catch(() => undefined)
      expect(asked).toHaveLength(2)
    },
  )

  test.each([
    [{ private_key: 'none' }, 'upstream_auth'],
    [{ private_key: undefined }, 'upstream_auth'],
    [{ client_email: 5 }, 'upstream_auth'],
    [{ token_uri: 'https://169.254.169.254/token' }, 'blocked_upstream_url'],
    [{ token_uri: 'http://oauth2.googleapis.com/token' }, 'blocked_upstream_url'],
    [{ project_id: '../x' }, 'invalid_request'],
    [{ region: 'evil.com/' }, 'invalid_request'],
  ])('with %o is refused', async (change, code) => {
    const { asked, authorize } = start(createAccount(change))
    await expect(authorize()).rejects.toMatchObject({ code })
    expect(asked).toEqual([])
  })
})

test.each(['ya29.a0Af', 'eyJhbGciOi.eyJpc3M.x'])('the access token %s goes as it is', async (token) => {
  const { asked, authorize, read } = start(token, { variables: { project: 'my-project' } })
  expect((await authorize()).headers.get('authorization')).toBe(`Bearer ${token}`)
  expect(read().variables).toEqual({ project: 'my-project', location: 'global', endpoint: 'aiplatform' })
  expect(asked).toEqual([])
})

test('an API key reaches Google’s models without a project', async () => {
  const { authorize, read } = start('AIzaSyTest', { variables: { location: 'us-east5' } })
  const { headers } = await authorize()
  expect([headers.get('x-goog-api-key'), headers.get('authorization')]).toEqual(['AIzaSyTest', null])
  const root = 'https://{endpoint=aiplatform}.googleapis.com/v1/projects/{project}/locations/{location=global}'
  expect(read().toUrl?.(`${root}/publishers/google/models/g:generateContent`)).toBe(
    'https://aiplatform.googleapis.com/v1/publishers/google/models/g:generateContent',
  )
  expect(read().toUrl?.(`${root}/endpoints/openapi/chat/completions`)).toBe(
    `${root}/endpoints/openapi/chat/completions`,
  )
})
