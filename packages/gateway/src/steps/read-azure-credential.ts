import type { Provider } from '@gw/adapters'
import type { Secret } from '@gw/keys'
import type { Credential } from './read-credential.ts'

/**
 * A secret of Azure: a token of Entra ID, which is a JWT, or a key of the resource.
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/reference#authentication
 */
export function readAzureCredential(secret: Secret, { auth }: Provider): Credential {
  return {
    variables: {},
    authorize: (request) => {
      const text = secret.reveal()
      if (/^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(text)) request.headers.set('authorization', `Bearer ${text}`)
      else request.headers.set(auth.header, auth.prefix + text)
      return request
    },
  }
}
