import type { Provider } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import type { Secret } from '@gw/keys'
import { AwsV4Signer } from 'aws4fetch'
import type { Deps } from '../deps.ts'
import { parseAwsKeys, type AwsKeys } from './parse-aws-keys.ts'
import { readBytes } from './read-bytes.ts'
import type { Credential } from './read-credential.ts'

/** The host of other vendors' APIs, which is a service of its own to sign for. */
const mantle = 'bedrock-mantle'

const regionOfHost = /^bedrock[\w-]*\.([a-z\d-]+)\.(?:amazonaws\.com|api\.aws)$/

type SigningDeps = Pick<Deps, 'now' | 'variables' | 'maxBodyBytes'>

/**
 * A secret of AWS: an API key of Bedrock, access keys to sign with, or a signature that the caller made. Anthropic's own
 * API on `bedrock-mantle` takes the key where Anthropic does.
 */
export function readAwsCredential(secret: Secret, _provider: Provider, deps: SigningDeps): Credential {
  const text = secret.reveal()
  if (text.startsWith('AWS4-HMAC-SHA256')) return signedByCaller
  const keys = parseAwsKeys(text)
  if (keys) return keysCredential(keys, deps)
  return {
    variables: {},
    authorize: (request) => {
      const isAnthropic = new URL(request.url).pathname.startsWith('/anthropic/')
      if (isAnthropic) request.headers.set('x-api-key', text)
      else request.headers.set('authorization', `Bearer ${text}`)
      return request
    },
  }
}

/** It is good for the caller's own bytes only. */
const signedByCaller: Credential = {
  variables: {},
  authorize: () => {
    throw new GatewayError(
      'upstream_auth',
      'The signature in `authorization` does not fit the request to AWS. Send an API key or access keys instead.',
    )
  },
}

function keysCredential(keys: AwsKeys, deps: SigningDeps): Credential {
  return {
    variables: keys.region === undefined ? {} : { region: keys.region },
    staysHere: true,
    authorize: (request) => sign(request, keys, deps),
  }
}

/** What an earlier signature left. */
const signatureHeaders = ['authorization', 'x-amz-date', 'x-amz-content-sha256', 'x-amz-security-token'] as const

/**
 * Signs the whole request, body included, which Bedrock demands; so a body that streams in is held until it is whole.
 * Of the headers only Amazon's own are signed: others may change on the way.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
async function sign(request: Request, { region, ...keys }: AwsKeys, deps: SigningDeps): Promise<Request> {
  const { method, url } = request
  const { hostname } = new URL(url)
  const headers = new Headers(request.headers)
  for (const name of signatureHeaders) headers.delete(name)
  const bytes = await readBytes(request, deps.maxBodyBytes)
  const body = bytes.byteLength > 0 ? bytes : null
  const signer = new AwsV4Signer({
    method,
    url,
    headers: [...headers].filter(([name]) => name.startsWith('x-amz-')),
    body,
    accessKeyId: keys.accessKeyId,
    secretAccessKey: keys.secretAccessKey,
    ...(keys.sessionToken !== undefined && { sessionToken: keys.sessionToken }),
    service: hostname.startsWith(mantle) ? mantle : 'bedrock',
    region: regionOfHost.exec(hostname)?.[1] ?? region ?? deps.variables['region'] ?? 'us-east-1',
    datetime: new Date(deps.now()).toISOString().replaceAll(/[:-]|\.\d{3}/g, ''),
  })
  const signed = await signer.sign()
  for (const [name, value] of signed.headers) headers.set(name, value)
  return new Request(url, { method, headers, body, redirect: 'manual' })
}
