import { listModels, type Capability, type Model } from '@gw/catalog'
import type { Context } from 'hono'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { authorize } from '../steps/authorize.ts'

const query = z.object({
  search: z.string().default(''),
  author: z.string().optional(),
  task: z.string().optional(),
  page: z.coerce.number().int().min(1).catch(1),
  per_page: z.coerce.number().int().min(1).max(1000).catch(100),
})

/** The task of a model by what it can do; the first that fits. */
const tasks: readonly (readonly [Capability, string])[] = [
  ['embedding', 'Text Embeddings'],
  ['rerank', 'Reranker'],
  ['transcription', 'Automatic Speech Recognition'],
  ['speech', 'Text-to-Speech'],
  ['image_output', 'Text-to-Image'],
]

/**
 * `models` of the binding and the REST API: the models of all providers of this gateway, by name as `run` takes them.
 * @throws GatewayError `unauthenticated`
 */
export async function searchModels(c: Context, deps: Deps): Promise<Response> {
  await authorize(c.req.raw, undefined, deps)
  const { search, author, task, page, per_page } = query.parse(c.req.query())
  const models = deps.providers.list
    .flatMap(({ id }) => listModels(deps.now(), id))
    .map(toSearchObject)
    .filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
    .filter(({ name }) => author === undefined || authorOf(name) === author)
    .filter((model) => task === undefined || model.task.name === task)
  const result = models.slice((page - 1) * per_page, page * per_page)
  const info = { page, per_page, count: result.length, total_count: models.length }
  return c.json({ success: true, result, result_info: info, errors: [], messages: [] })
}

/** @see https://developers.cloudflare.com/api/resources/ai/subresources/models/methods/list/ */
function toSearchObject({ provider, model, capabilities, contextWindow }: Model) {
  const name = model.startsWith('@') ? model : `${provider}/${model}`
  const task = tasks.find(([capability]) => capabilities.includes(capability))?.[1] ?? 'Text Generation'
  return {
    id: name,
    source: model.startsWith('@') ? 1 : 2,
    name,
    description: `${task} by ${authorOf(name)}`,
    task: { id: task, name: task, description: task },
    tags: [...capabilities],
    properties: [
      ...(contextWindow === undefined ? [] : [{ property_id: 'context_window', value: String(contextWindow) }]),
      ...(capabilities.includes('tools') ? [{ property_id: 'function_calling', value: 'true' }] : []),
    ],
  }
}

/** `meta` of `@cf/meta/llama`, `openai` of `openai/gpt-5`. */
function authorOf(name: string): string {
  const [first = '', second = ''] = name.split('/')
  return first.startsWith('@') ? second : first
}
