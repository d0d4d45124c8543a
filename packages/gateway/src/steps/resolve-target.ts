import { chatApisOf, findChatApi, type ChatApi, type Provider, type Providers } from '@gw/adapters'
import { resolveBareModel } from '@gw/catalog'
import { GatewayError } from '@gw/headers'

/** A provider that can chat, and the model as it knows it. */
export interface Target {
  provider: Provider
  api: ChatApi
  model: string
}

/**
 * What a model name stands for: `provider/model`, `@cf/…`, or a bare model that the catalog knows; and the dialect in
 * which to ask for it, if possible that of the caller's format.
 * @throws GatewayError `missing_model`, `invalid_provider`, `unknown_model`, `unknown_route`, `unsupported`
 */
export function resolveTarget(name: string | undefined, providers: Providers, callerFormat?: string): Target {
  const targetOf = (providerId: string, model: string): Target =>
    findTarget({ providerId, model, callerFormat }, providers)

  if (!name) throw new GatewayError('missing_model', 'No model named. Send `model`, such as "openai/gpt-5".')
  if (name.startsWith('@')) return targetOf('workers-ai', name)
  if (name.startsWith('dynamic/')) {
    throw new GatewayError('unknown_route', `There is no dynamic route "${short(name.slice('dynamic/'.length))}".`)
  }

  const slash = name.indexOf('/')
  const bare = slash === -1 ? undefined : name.slice(0, slash)
  if (bare !== undefined && providers.find(bare)) return targetOf(bare, name.slice(slash + 1))

  const known = resolveBareModel(name)
  if (known && providers.find(known.provider)) return targetOf(known.provider, known.model)
  if (bare === undefined) {
    throw new GatewayError(
      'unknown_model',
      `Unknown model "${short(name)}". Name its provider too, such as "openai/${short(name)}".`,
    )
  }
  const ids = providers.list.filter((provider) => chatApisOf(provider).length > 0).map(({ id }) => id)
  throw new GatewayError('invalid_provider', `Unknown provider "${short(bare)}". Known: ${ids.join(', ')}.`)
}

interface TargetName {
  providerId: string
  model: string
  callerFormat: string | undefined
}

function findTarget({ providerId, model, callerFormat }: TargetName, providers: Providers): Target {
  const provider = providers.find(providerId)
  const api = provider && findChatApi(provider, model, callerFormat)
  if (!api) {
    throw new GatewayError(
      'unsupported',
      `Provider "${providerId}" is not reachable by chat requests. Use its own API at /v1/{account}/{gateway}/${providerId}/….`,
    )
  }
  if (model === '') throw new GatewayError('missing_model', `No model named after "${providerId}/".`)
  if (model.length > 256) throw new GatewayError('invalid_request', 'A model name has at most 256 characters.')
  if (/[\s?#\\]|(?:^|\/)\.{1,2}(?:\/|$)/.test(model)) {
    throw new GatewayError(
      'invalid_request',
      'A model name has no spaces, "?", "#", backslashes, "." or ".." segments.',
    )
  }
  return { provider, api, model }
}

const short = (text: string): string => text.slice(0, 100)
