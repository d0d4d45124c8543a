/** The token of `Authorization: Bearer …`; undefined when absent or of another scheme. */
export function bearer(headers: Headers): string | undefined {
  return /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
}

/** A Bedrock API key, or the access key id of a signature that names all its parts; the signature itself is not checked. */
export function awsCredential(headers: Headers): string | undefined {
  const signature =
    /^AWS4-HMAC-SHA256 Credential=(\S+?)\/\d{8}\/[\w-]+\/bedrock\/aws4_request, ?SignedHeaders=\S+, ?Signature=[\da-f]{64}$/
  const keyId = signature.exec(headers.get('authorization') ?? '')?.[1]
  if (keyId !== undefined) return headers.has('x-amz-date') ? keyId : undefined
  return bearer(headers)
}
