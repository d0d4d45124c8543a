import { chatApisOf } from '@gw/adapters'
import { listModels, type Model } from '@gw/catalog'
import { GatewayError, headerNames } from '@gw/headers'
import { scopeAllows, type KeyScopes } from '@gw/keys'
import type { Deps } from '../deps.ts'
import { strategies } from '../routing/strategies.ts'
import { authorize } from '../steps/authorize.ts'

/** How a caller's format speaks of models. */
export interface ModelDialect {
  one(model: Model): object
  list(models: readonly Model[]): object
}

const nameOf = ({ provider, model }: Model): string => `${provider}/${model}`

const openai: ModelDialect = {
  one: (model) => ({
    id: nameOf(model),
    object: 'model',
    created: 0,
    owned_by: model.provider,
    ...(model.contextWindow !== undefined && { context_window: model.contextWindow }),
  }),
  list: (models) => ({ object: 'list', data: models.map(openai.one) }),
}

const anthropic: ModelDialect = {
  one: (model) => ({
    type: 'model',
    id: nameOf(model),
    display_name: nameOf(model),
    created_at: '1970-01-01T00:00:00Z',
  }),
  list: (models) => {
    const [first, last] = [models.at(0), models.at(-1)]
    return {
      data: models.map(anthropic.one),
      has_more: false,
      first_id: first ? nameOf(first) : null,
      last_id: last ? nameOf(last) : null,
    }
  },
}

/** Gemini's shape. */
export const geminiModels: ModelDialect = {
  one: (model) => ({
    name: `models/${nameOf(model)}`,
    displayName: nameOf(model),
    ...(model.contextWindow !== undefined && { inputTokenLimit: model.contextWindow }),
    ...(model.maxOutput !== undefined && { outputTokenLimit: model.maxOutput }),
    supportedGenerationMethods: ['generateContent', 'streamGenerateContent'],
  }),
  list: (models) => ({ models: models.map(geminiModels.one) }),
}

/** Cloudflare's shape of `compat/models`: costs are USD per token. */
export const compatModels: ModelDialect = {
  one: (model) => ({
    id: nameOf(model),
    object: 'model',
    created_at: 0,
    owned_by: model.provider,
    ...(model.inputPerMillionUsd !== undefined && { cost_in: model.inputPerMillionUsd / 1e6 }),
    ...(model.outputPerMillionUsd !== undefined && { cost_out: model.outputPerMillionUsd / 1e6 }),
  }),
  list: (models) => ({ object: 'list', data: models.map(compatModels.one) }),
}

/** Anthropic's shape for its SDK, which sends `anthropic-version`, and OpenAI's for everyone else. */
export function modelDialectOf({ headers }: Request): ModelDialect {
  return headers.has('anthropic-version') ? anthropic : openai
}

/** The catalog's models of the providers that this gateway can chat with, strategies and dynamic routes. @throws GatewayError `unauthenticated` */
export async function listGatewayModels(http: Request, dialect: ModelDialect, deps: Deps): Promise<object> {
  return dialect.list(await modelsFor(http, deps))
}

/** One of them, by its name. @throws GatewayError `unauthenticated`, `unknown_model` */
export async function findGatewayModel(
  { http, name, dialect }: { http: Request; name: string; dialect: ModelDialect },
  deps: Deps,
): Promise<object> {
  const found = (await modelsFor(http, deps)).find((model) => nameOf(model) === name)
  if (found) return dialect.one(found)
  throw new GatewayError(
    'unknown_model',
    `The catalog has no model "${name.slice(0, 100)}". GET /v1/models lists them.`,
  )
}

/** What the key may not ask is not offered either. */
function isAllowed(scopes: KeyScopes, model: Model): boolean {
  return (
    scopeAllows(scopes, { kind: 'providers', value: model.provider }) &&
    [model.model, nameOf(model)].some((value) => scopeAllows(scopes, { kind: 'models', value }))
  )
}

async function modelsFor(http: Request, deps: Deps): Promise<readonly Model[]> {
  const { scopes, orgId } = await authorize(http, undefined, deps)
  const models = deps.providers.list
    .filter((provider) => chatApisOf(provider).length > 0)
    .flatMap(({ id }) => listModels(deps.now(), id))
  const gatewayId = http.headers.get(headerNames.gatewayId) ?? 'default'
  const routes = await deps.dynamicRoutes.list({ orgId, gatewayId })
  const choices = [
    ...strategies.map((strategy) => choice('auto', strategy)),
    ...routes.filter(({ deployment }) => deployment).map(({ name }) => choice('dynamic', name)),
  ]
  return [...models, ...choices].filter((model) => isAllowed(scopes, model))
}

/** A name that stands for whatever is chosen. */
const choice = (provider: string, model: string): Model => ({ provider, model, capabilities: ['chat'] })
