import { GatewayError } from '@gw/headers'

const paths = [
  '/v1/chat/completions',
  '/v1/responses',
  '/v1/messages',
  '/v1/embeddings',
  '/v1/models',
  '/v1beta/models/{model}:generateContent',
  '/api/chat',
  '/v1/{account}/{gateway}/{provider}/…',
  '/v1/{account}/{gateway}/compat/chat/completions',
]

/** @returns an error that names the path that was probably meant. */
export function pathError(path: string): GatewayError {
  const bare = path.replace(/(?<=.)\/+$/, '')
  const meant = paths.find((known) => bare.endsWith(known.replace('/v1', '')) || known.endsWith(bare))
  const hint = meant ? `Did you mean ${meant}?` : `Known paths: ${paths.join(', ')}.`
  return new GatewayError('not_found', `There is nothing at ${path.slice(0, 200)}. ${hint}`)
}

export function methodError(method: string): GatewayError {
  return new GatewayError('method_not_allowed', `Use ${method} on this path.`)
}
