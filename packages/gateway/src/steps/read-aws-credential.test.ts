import { builtinProviders } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import { Secret } from '@gw/keys'
import { describe, expect, test } from 'vitest'
import { readAwsCredential } from './read-aws-credential.ts'

const provider = builtinProviders.find(({ id }) => id === 'aws-bedrock') ?? builtinProviders[0]
const url = 'https://bedrock-runtime.eu-west-1.amazonaws.com/model/anthropic.claude-sonnet-4-5%3A0/converse'
const deps = { now: () => Date.UTC(2026, 10, 20, 12, 34, 56), variables: {}, maxBodyBytes: 1000 }
const keyId = 'AKIAIOSFODNN7EXAMPLE'
const secretKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'

function read(secret: string, variables: Record<string, string> = {}) {
  if (!provider) throw new Error('There are no providers.')
  return readAwsCredential(new Secret(secret), provider, { ...deps, variables })
}

const request = (init: RequestInit = {}): Request =>
  new Request(url, { method: 'POST', body: '{"messages":[]}', ...init })
const scopeOf = ({ headers }: Request) => /Credential=[^/]+\/\d+\/([^,]+)/.exec(headers.get('authorization') ?? '')?.[1]

async function errorOf(run: () => unknown): Promise<GatewayError> {
  try {
    await run()
  } catch (error) {
    if (error instanceof GatewayError) return error
  }
  throw new Error('Nothing was refused.')
}

describe('an API key', () => {
  test('goes out as a bearer token', async () => {
    const signed = await read('ABSKQmVkcm9jaw==').authorize(request())
    expect(signed.headers.get('authorization')).toBe('Bearer ABSKQmVkcm9jaw==')
  })

  test('goes out as Anthropic’s own to its API', async () => {
    const messages = new Request('https://bedrock-mantle.us-east-1.api.aws/anthropic/v1/messages', { method: 'POST' })
    const { headers } = await read('ABSKQmVkcm9jaw==').authorize(messages)
    expect([headers.get('x-api-key'), headers.get('authorization')]).toEqual(['ABSKQmVkcm9jaw==', null])
  })
})

describe('access keys', () => {
  test('sign URL, date, token and body, with a signature that another implementation computes too', async () => {
    const signed = await read(`${keyId}:${secretKey}:to:ken`).authorize(request())
    expect(Object.fromEntries(signed.headers)).toMatchObject({
      'x-amz-date': '20261120T123456Z',
      'x-amz-security-token': 'to:ken',
      authorization:
        `AWS4-HMAC-SHA256 Credential=${keyId}/20261120/eu-west-1/bedrock/aws4_request, ` +
        'SignedHeaders=host;x-amz-date;x-amz-security-token, ' +
        'Signature=1e531087f2fe1672a20b02022f3acdf6033c006a759e4693fd371bc3216d28f3',
    })
    expect([signed.url, signed.method, await signed.text()]).toEqual([url, 'POST', '{"messages":[]}'])
  })

  test('never go out themselves', async () => {
    const credential = read(`${keyId}:${secretKey}`)
    const signed = await credential.authorize(request({ headers: { authorization: `Bearer ${keyId}:${secretKey}` } }))
    expect(credential.staysHere).toBe(true)
    expect(JSON.stringify([...signed.headers])).not.toContain(secretKey)
  })

  test('may come as JSON, with the region of the models', async () => {
    const credential = read(JSON.stringify({ accessKeyId: keyId, secretAccessKey: secretKey, region: 'ap-south-1' }))
    expect(credential.variables).toEqual({ region: 'ap-south-1' })
    const elsewhere = new Request('https://mirror.example/model/x/converse', { method: 'POST' })
    expect(scopeOf(await credential.authorize(elsewhere))).toBe('ap-south-1/bedrock/aws4_request')
  })

  test.each([
    [url, {}, 'eu-west-1/bedrock'],
    ['https://bedrock-mantle.us-west-2.api.aws/v1/models', { region: 'eu-west-3' }, 'us-west-2/bedrock-mantle'],
    ['https://mirror.example/', { region: 'eu-west-3' }, 'eu-west-3/bedrock'],
    ['https://mirror.example/', {}, 'us-east-1/bedrock'],
  ])('sign %s, with %j set, for %s', async (target, variables, scope) => {
    const signed = await read(`${keyId}:${secretKey}`, variables).authorize(new Request(target))
    expect(scopeOf(signed)).toBe(`${scope}/aws4_request`)
  })

  test('replace what is left of another signature', async () => {
    const headers = {
      'x-amz-date': '20200101T000000Z',
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      'x-amz-security-token': 'old',
      'x-amzn-bedrock-trace': 'ENABLED',
    }
    const signed = await read(`${keyId}:${secretKey}`).authorize(request({ headers }))
    expect(signed.headers.get('authorization')).toContain('SignedHeaders=host;x-amz-date,')
    expect(signed.headers.get('x-amz-date')).toBe('20261120T123456Z')
    expect([signed.headers.has('x-amz-security-token'), signed.headers.get('x-amzn-bedrock-trace')]).toEqual([
      false,
      'ENABLED',
    ])
  })

  test('hold a body that streams in, up to the limit', async () => {
    const streaming = (size: number): Request => {
      const body = new Blob([new Uint8Array(size)]).stream()
      return new Request(url, { method: 'POST', body, duplex: 'half' })
    }
    const credential = read(`${keyId}:${secretKey}`)
    expect((await (await credential.authorize(streaming(1000))).arrayBuffer()).byteLength).toBe(1000)
    const error = await errorOf(() => credential.authorize(streaming(1001)))
    expect(error.code).toBe('body_too_large')
  })

  test.each([
    [keyId, 'secretAccessKey'],
    [`${keyId}:`, 'secretAccessKey'],
    [`:${secretKey}`, 'accessKeyId'],
    [`${keyId}:${secretKey}:`, 'sessionToken'],
    [`${keyId}:not a secret`, 'secretAccessKey'],
    ['{"accessKeyId":1}', 'accessKeyId, secretAccessKey'],
    ['{', 'accessKeyId, secretAccessKey'],
    [JSON.stringify({ accessKeyId: keyId, secretAccessKey: secretKey, region: 'evil.example/' }), 'region'],
  ])('%s have no valid %s', async (secret, fields) => {
    const error = await errorOf(() => read(secret))
    expect([error.code, error.message]).toEqual(['upstream_auth', expect.stringContaining(`no valid ${fields}.`)])
    expect(error.message).not.toContain(secretKey)
  })
})

test('a signature of the caller is for the native path only', async () => {
  const credential = read(
    `AWS4-HMAC-SHA256 Credential=${keyId}/20261120/eu-west-1/bedrock/aws4_request, SignedHeaders=host`,
  )
  expect(credential.staysHere).toBeUndefined()
  expect((await errorOf(() => credential.authorize(request()))).code).toBe('upstream_auth')
})
