import { createHash, createHmac } from 'node:crypto'

/** A request as it arrived. */
export interface SignedRequest {
  method: string
  path: string
  search: string
  headers: Readonly<Record<string, string>>
  body: string
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/**
 * What the signature in `authorization` says that it was made for, and whether it was made with this secret: the
 * computation that AWS describes, with Node's own cryptography.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function verifySignature({ method, path, search, headers, body }: SignedRequest, secret: string) {
  const stated =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/((\d{8})\/([^/]+)\/([^/]+)\/aws4_request), SignedHeaders=([^,]+), Signature=(.+)$/
  const [, keyId, scope = '', date = '', region = '', service = '', names = '', signature] =
    stated.exec(headers['authorization'] ?? '') ?? []
  const canonical = [
    method,
    path.split('/').map(encodeURIComponent).join('/'),
    search.slice(1),
    ...names.split(';').map((name) => `${name}:${headers[name] ?? ''}`),
    '',
    names,
    hash(body),
  ].join('\n')
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, hash(canonical)].join('\n')
  const key = ['aws4_request', service, region, date].reduceRight<string | Buffer>(hmac, `AWS4${secret}`)
  return { keyId, region, service, signedHeaders: names, isValid: hmac(key, text).toString('hex') === signature }
}
