import type { Provider, Providers, WireFormat } from '@gw/adapters'
import { resolveBareModel } from '@gw/catalog'
import { GatewayError } from '@gw/headers'

/** A provider that can chat, and the model as it knows it. */
export interface Target {
  provider: Provider
  wire: WireFormat
  model: string
}

/**
 * What a model name stands for: `provider/model`, `@cf/…`, or a bare model that the catalog knows.
 * @throws GatewayError `missing_model`, `invalid_provider`, `unknown_model`, `unknown_route`, `unsupported`
 */
export function resolveTarget(name: string | undefined, providers: Providers): Target {
  if (!name) throw new GatewayError('missing_model', 'No model named. Send `model`, such as "openai/gpt-5".')
  if (name.startsWith('@')) return targetOf('workers-ai', name, providers)
  if (name.startsWith('dynamic/')) {
    throw new GatewayError('unknown_route', `There is no dynamic route "${short(name.slice('dynamic/'.length))}".`)
  }

  const slash = name.indexOf('/')
  const bare = slash === -1 ? undefined : name.slice(0, slash)
  if (bare !== undefined && providers.find(bare)) return targetOf(bare, name.slice(slash + 1), providers)

  const known = resolveBareModel(name)
  if (known && providers.find(known.provider)) return targetOf(known.provider, known.model, providers)
  if (bare === undefined) {
    throw new GatewayError(
      'unknown_model',
      `Unknown model "${short(name)}". Name its provider too, such as "openai/${short(name)}".`,
    )
  }
  const ids = providers.list.filter(({ wire }) => wire).map(({ id }) => id)
  throw new GatewayError('invalid_provider', `Unknown provider "${short(bare)}". Known: ${ids.join(', ')}.`)
}

function targetOf(providerId: string, model: string, providers: Providers): Target {
  const provider = providers.find(providerId)
  if (!provider?.wire) {
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
  return { provider, wire: provider.wire, model }
}

const short = (text: string): string => text.slice(0, 100)
