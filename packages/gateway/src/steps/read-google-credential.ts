import { googleEndpoint, type Provider } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import type { Secret } from '@gw/keys'
import type { Deps } from '../deps.ts'
import { createGoogleAccessTokens } from './create-google-access-tokens.ts'
import { parseServiceAccount, type ServiceAccount } from './parse-service-account.ts'
import type { Credential } from './read-credential.ts'

/** @see https://cloud.google.com/docs/authentication/api-keys */
const apiKey = /^(?:AIza|AQ\.)/

const accessTokenOf = createGoogleAccessTokens()

type GoogleDeps = Pick<Deps, 'fetch' | 'now' | 'variables' | 'rewriteUpstream' | 'allowPrivateUpstreams'>

/** A secret of Google Cloud: the key file of a service account, an API key, or an access token. */
export function readGoogleCredential(secret: Secret, provider: Provider, deps: GoogleDeps): Credential {
  const text = secret.reveal()
  if (apiKey.test(text)) return expressCredential(text, deps)
  const account = parseServiceAccount(text)
  const variables = placeOf(account, deps)
  if (!account) return { variables, authorize: (request) => withBearer(request, text) }
  return {
    variables,
    staysHere: true,
    authorize: async (request) =>
      withBearer(request, await accessTokenOf({ secret: text, account, providerId: provider.id }, deps)),
  }
}

/**
 * With an API key, Google's own models have URLs without a project.
 * @see https://cloud.google.com/vertex-ai/generative-ai/docs/start/express-mode/vertex-ai-express-mode-api-reference
 */
function expressCredential(key: string, deps: GoogleDeps): Credential {
  return {
    variables: placeOf(undefined, deps),
    toUrl: (url) =>
      url.replace(
        /[^/]+(\.googleapis\.com\/v1)\/projects\/[^/]+\/locations\/[^/]+(?=\/publishers\/google\/)/,
        'aiplatform$1',
      ),
    authorize: (request) => {
      request.headers.set('x-goog-api-key', key)
      return request
    },
  }
}

function withBearer(request: Request, token: string): Request {
  request.headers.set('authorization', `Bearer ${token}`)
  return request
}

/** Where the account's project is served: what its key file says goes before the gateway's own variables. */
function placeOf(account: ServiceAccount | undefined, { variables }: GoogleDeps): Readonly<Record<string, string>> {
  const project = account?.project_id ?? variables['project']
  const location = account?.region ?? variables['location'] ?? 'global'
  if (project && !/^(?:[a-z\d.-]+:)?[a-z\d-]+$/.test(project)) throw invalid('project')
  if (!/^[a-z\d-]+$/.test(location)) throw invalid('location')
  return { ...(project && { project }), location, endpoint: googleEndpoint(location) }
}

function invalid(name: string): GatewayError {
  return new GatewayError(
    'invalid_request',
    `The Google Cloud ${name} is not valid: it has letters, digits and hyphens.`,
  )
}
