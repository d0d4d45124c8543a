import { ollamaChat, ollamaEmbed, ollamaGenerate } from '@gw/adapters'
import type { Model } from '@gw/catalog'
import { GatewayError } from '@gw/headers'
import { Hono, type Context } from 'hono'
import type { Run } from '../binding/binding-routes.ts'
import type { Deps } from '../deps.ts'
import { formatDialect } from '../errors/dialect.ts'
import { respondWithError } from '../errors/respond-with-error.ts'
import { asObject, readJsonBody } from '../steps/read-json-body.ts'
import { chatSurface } from './chat-surface.ts'
import { findGatewayModel, listGatewayModels, type ModelDialect } from './models.ts'
import type { Surface } from './surface.ts'
import { taskSurface } from './task-surface.ts'
import { embeddingsTask } from './tasks.ts'

const dialect = formatDialect(ollamaChat)
const surfaces: Readonly<Record<string, Surface>> = {
  chat: chatSurface({ id: 'ollama-chat', format: ollamaChat }),
  generate: chatSurface({ id: 'ollama-generate', format: ollamaGenerate }),
  embed: taskSurface(embeddingsTask(ollamaEmbed, dialect)),
  embeddings: taskSurface(embeddingsTask(ollamaEmbed, dialect)),
}

/** What Ollama's clients ask for before they talk; ours is none of its versions, and has what 0.12 has. */
const version = '0.12.0'

/**
 * Ollama's API, so that tools for local models reach any model: it lies beside the control plane, under `/api`.
 * @see https://github.com/ollama/ollama/blob/main/docs/api.md
 */
export function ollamaRoutes({ run, deps }: { run: Run; deps: Deps }): Hono {
  const app = new Hono()
  for (const [path, surface] of Object.entries(surfaces)) {
    app.post(`/${path}`, (c) => run(c, { surface, gatewayId: undefined }))
  }
  app.get('/version', (c) => c.json({ version }))
  app.get('/tags', async (c) => c.json(await listGatewayModels(c.req.raw, ollamaModels, deps)))
  app.post('/show', async (c) => c.json(await show(c, deps)))
  app.onError((error) => respondWithError(error, { dialect, logId: deps.createId(), report: deps.report }))
  return app
}

/** One model, named in the body. */
async function show(c: Context, deps: Deps): Promise<object> {
  const http = c.req.raw
  const body = asObject((await readJsonBody(http.clone(), deps.maxBodyBytes)).value)
  const name = body['model'] ?? body['name']
  if (typeof name !== 'string')
    throw new GatewayError('missing_model', 'Name the model in `model`, such as "openai/gpt-5".')
  return findGatewayModel({ http, name, dialect: ollamaModels }, deps)
}

const nameOf = ({ provider, model }: Model): string => `${provider}/${model}`

/** Files and weights are not ours to tell of; sizes are 0. */
const ollamaModels: ModelDialect = {
  one: (model) => ({
    details: { format: '', family: model.provider, parameter_size: '', quantization_level: '' },
    model_info: {
      'general.architecture': model.provider,
      ...(model.contextWindow !== undefined && { [`${model.provider}.context_length`]: model.contextWindow }),
    },
    capabilities: ['completion', 'tools'],
    modified_at: '1970-01-01T00:00:00Z',
  }),
  list: (models) => ({
    models: models.map((model) => ({
      name: nameOf(model),
      model: nameOf(model),
      modified_at: '1970-01-01T00:00:00Z',
      size: 0,
      digest: '',
      details: { format: '', family: model.provider, families: null, parameter_size: '', quantization_level: '' },
    })),
  }),
}
