import type { Provider } from '@gw/adapters'
import type { Secret } from '@gw/keys'
import type { Deps } from '../deps.ts'
import { readAwsCredential } from './read-aws-credential.ts'
import { readAzureCredential } from './read-azure-credential.ts'
import { readGoogleCredential } from './read-google-credential.ts'

/** A secret that is ready for use at its provider. */
export interface Credential {
  /** Placeholders of the provider's URL that the secret itself fills, such as the project of a service account. */
  variables: Readonly<Record<string, string>>
  /** The secret itself never goes out, not even where the caller put it on the request: what is made of it goes instead. */
  staysHere?: boolean
  /** The provider's URL, placeholders and all, as this kind of secret reaches it. */
  toUrl?(url: string): string
  /** The request with the secret on it. @throws GatewayError when no token can be had for it. */
  authorize(request: Request): Request | Promise<Request>
}

export type CredentialReader = (secret: Secret, provider: Provider, deps: Deps) => Credential

/** Kinds of secrets that are more than a header. */
const readers: Readonly<Record<string, CredentialReader>> = {
  aws: readAwsCredential,
  azure: readAzureCredential,
  'google-cloud': readGoogleCredential,
}

/** Reads a secret as its provider means it. */
export function readCredential(secret: Secret | undefined, provider: Provider, deps: Deps): Credential {
  if (!secret) return { variables: {}, authorize: (request) => request }
  const { kind } = provider.auth
  const read = kind === undefined ? undefined : readers[kind]
  return read ? read(secret, provider, deps) : headerCredential(secret, provider)
}

function headerCredential(secret: Secret, { auth }: Provider): Credential {
  return {
    variables: {},
    authorize: (request) => {
      request.headers.set(auth.header, auth.prefix + secret.reveal())
      return request
    },
  }
}
