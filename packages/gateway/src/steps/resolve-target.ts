import { chatApisOf, findChatApi, type ChatApi, type Provider, type Providers } from '@gw/adapters'
import { resolveBareModel } from '@gw/catalog'
import { GatewayError } from '@gw/headers'

/** A provider, and the model as it knows it. */
export interface NamedModel {
  provider: Provider
  model: string
}

/** A provider that can chat, in the dialect in which to ask for the model. */
export interface Target extends NamedModel {
  api: ChatApi
}

/**
 * What a model name stands for when it is to chat, and the dialect to ask for it, if possible that of the caller's format.
 * @throws GatewayError as `resolveModel`, and `unsupported` for providers that do not chat
 */
export function resolveTarget(name: string | undefined, providers: Providers, callerFormat?: string): Target {
  const named = resolveModel(name, providers)
  const { provider, model } = named
  const api = findChatApi(provider, model, callerFormat)
  if (api) return { ...named, api }
  throw new GatewayError(
    'unsupported',
    `Provider "${provider.id}" is not reachable by chat requests. Use its own API at /v1/{account}/{gateway}/${provider.id}/….`,
  )
}

/**
 * What a model name stands for: `provider/model`, `@cf/…`, or a bare model that the catalog knows.
 * @throws GatewayError `missing_model`, `invalid_provider`, `unknown_model`, `unknown_route`, `invalid_request`
 */
export function resolveModel(name: string | undefined, providers: Providers): NamedModel {
  if (!name) throw new GatewayError('missing_model', 'No model named. Send `model`, such as "openai/gpt-5".')
  if (name.startsWith('dynamic/')) {
    throw new GatewayError(
      'unknown_route',
      `Dynamic routes such as "${short(name)}" answer chat, embeddings, rerank and moderations. Name a model here.`,
    )
  }
  const workersAI = name.startsWith('@') ? providers.find('workers-ai') : undefined
  if (workersAI) return checked(workersAI, name)

  const slash = name.indexOf('/')
  const prefix = slash === -1 ? undefined : name.slice(0, slash)
  const provider = prefix === undefined ? undefined : providers.find(prefix)
  if (provider) return checked(provider, name.slice(slash + 1))

  const known = resolveBareModel(name)
  const owner = known && providers.find(known.provider)
  if (owner) return checked(owner, known.model)
  if (prefix === undefined) {
    throw new GatewayError(
      'unknown_model',
      `Unknown model "${short(name)}". Name its provider too, such as "openai/${short(name)}".`,
    )
  }
  const ids = providers.list.filter((candidate) => chatApisOf(candidate).length > 0).map(({ id }) => id)
  throw new GatewayError('invalid_provider', `Unknown provider "${short(prefix)}". Known: ${ids.join(', ')}.`)
}

function checked(provider: Provider, model: string): NamedModel {
  if (model === '') throw new GatewayError('missing_model', `No model named after "${provider.id}/".`)
  if (model.length > 256) throw new GatewayError('invalid_request', 'A model name has at most 256 characters.')
  if (/[\s?#\\{}]|(?:^|\/)\.{1,2}(?:\/|$)/.test(model)) {
    throw new GatewayError(
      'invalid_request',
      'A model name has no spaces, "?", "#", backslashes, braces, "." or ".." segments.',
    )
  }
  return { provider, model }
}

const short = (text: string): string => text.slice(0, 100)
