import { describe, expect, test } from 'vitest'
import { toBase64Url } from './base64-url.ts'
import { createSimulator } from './create-simulator.ts'
import { send } from './__fixtures__/call.ts'

const claims = {
  iss: 'gw@project.iam.gserviceaccount.com',
  scope: 'https://www.googleapis.com/auth/cloud-platform',
  iat: 1000,
  exp: 4600,
}

function ask(change: object, grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer'): Promise<Response> {
  const parts = [{ alg: 'RS256' }, { ...claims, ...change }].map((part) => toBase64Url(JSON.stringify(part)))
  const body = new URLSearchParams({ grant_type: grant, assertion: [...parts, 'signature'].join('.') })
  const request = new Request('http://simulator/google-vertex-ai/token', { method: 'POST', body })
  return createSimulator().fetch(request)
}

test('a service account gets a token for its assertion', async () => {
  const token = { access_token: expect.stringMatching(/^ya29\./), expires_in: 3599, token_type: 'Bearer' }
  expect(await (await ask({})).json()).toEqual(token)
})

test.each([
  [{ iss: 'disabled@project.iam.gserviceaccount.com' }, 'invalid_grant'],
  [{ scope: 'email' }, 'invalid_grant'],
  [{ exp: undefined }, 'invalid_grant'],
])('an assertion with %o gets none', async (change, error) => {
  const response = await ask(change)
  expect([response.status, await response.json()]).toMatchObject([400, { error }])
})

test('another grant gets none', async () => {
  expect(await (await ask({}, 'password')).json()).toMatchObject({ error: 'unsupported_grant_type' })
})

describe('Claude on Vertex', () => {
  const root = '/google-vertex-ai/v1/projects/p/locations/global/publishers/anthropic/models/claude-sonnet-4-5'
  const body = { max_tokens: 100, messages: [{ role: 'user', content: 'hello there' }] }
  const post = (change: object, method = 'rawPredict') =>
    send(`${root}:${method}`, { ...body, ...change }, { headers: { authorization: 'Bearer ya29.x' } })

  test('is named in the path, its version in the body', async () => {
    const answer = await (await post({ anthropic_version: 'vertex-2023-10-16' })).json()
    expect(answer).toMatchObject({ model: 'claude-sonnet-4-5', content: [{ text: 'You said: hello there' }] })
    const stream = await post({ anthropic_version: 'vertex-2023-10-16', stream: true }, 'streamRawPredict')
    expect(await stream.text()).toContain('event: message_stop')
  })

  test.each([{}, { anthropic_version: '2023-06-01' }, { anthropic_version: 'vertex-2023-10-16', model: 'claude' }])(
    'refuses %o',
    async (change) => {
      expect((await post(change)).status).toBe(400)
    },
  )
})
