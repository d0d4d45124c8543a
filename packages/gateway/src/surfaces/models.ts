import { listModels, type Model } from '@gw/catalog'
import type { Deps } from '../deps.ts'
import { authenticate } from '../steps/authenticate.ts'

/**
 * `GET /v1/models`: the catalog's models of the providers that this gateway has, in Anthropic's shape for its SDK
 * (which sends `anthropic-version`) and in OpenAI's for everyone else.
 * @throws GatewayError `unauthenticated`
 */
export async function listGatewayModels(http: Request, deps: Deps): Promise<object> {
  const models = await modelsFor(http, deps)
  const ids = models.map(({ provider, model }) => `${provider}/${model}`)
  if (http.headers.has('anthropic-version')) {
    const data = ids.map((id) => ({ type: 'model', id, display_name: id, created_at: '1970-01-01T00:00:00Z' }))
    return { data, has_more: false, first_id: ids.at(0) ?? null, last_id: ids.at(-1) ?? null }
  }
  const data = models.map(({ provider, contextWindow }, index) => ({
    id: ids[index],
    object: 'model',
    created: 0,
    owned_by: provider,
    ...(contextWindow !== undefined && { context_window: contextWindow }),
  }))
  return { object: 'list', data }
}

/** `GET /v1beta/models`: the same in Gemini's shape. @throws GatewayError `unauthenticated` */
export async function listGeminiModels(http: Request, deps: Deps): Promise<object> {
  const models = await modelsFor(http, deps)
  return {
    models: models.map(({ provider, model, contextWindow, maxOutput }) => ({
      name: `models/${provider}/${model}`,
      displayName: `${provider}/${model}`,
      ...(contextWindow !== undefined && { inputTokenLimit: contextWindow }),
      ...(maxOutput !== undefined && { outputTokenLimit: maxOutput }),
      supportedGenerationMethods: ['generateContent', 'streamGenerateContent'],
    })),
  }
}

async function modelsFor(http: Request, deps: Deps): Promise<readonly Model[]> {
  await authenticate(http, new URL(http.url), deps.keys)
  return deps.providers.list.filter(({ wire }) => wire).flatMap(({ id }) => listModels(deps.now(), id))
}
