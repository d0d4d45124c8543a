import { isObject, openaiResponses, type JsonObject } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import { Hono, type Context } from 'hono'
import type { Deps } from '../deps.ts'
import { formatDialect } from '../errors/dialect.ts'
import { respondWithError } from '../errors/respond-with-error.ts'
import type { StoredResponse } from '../responses/response-store.ts'
import { authorize } from '../steps/authorize.ts'

/** What is kept of responses: reading one, its input, and deleting it. */
export function responseRoutes(deps: Deps): Hono {
  const app = new Hono()
  const ownerOf = async (c: Context): Promise<string> => (await authorize(c.req.raw, undefined, deps)).orgId
  const find = async (c: Context): Promise<StoredResponse> => {
    const { id = '' } = c.req.param()
    const stored = await deps.responses?.find(await ownerOf(c), id)
    if (stored) return stored
    throw notFound(id)
  }

  app.get('/:id', async (c) => c.json((await find(c)).response))
  app.get('/:id/input_items', async (c) => {
    const data = inputItemsOf(await find(c), c.req.param('id')).toReversed()
    const ends = { first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null }
    return c.json({ object: 'list', data, has_more: false, ...ends })
  })
  app.delete('/:id', async (c) => {
    const { id } = c.req.param()
    if (!(await deps.responses?.remove(await ownerOf(c), id))) throw notFound(id)
    return c.json({ id, object: 'response', deleted: true })
  })
  app.onError((error) =>
    respondWithError(error, {
      dialect: formatDialect(openaiResponses),
      logId: deps.createId(),
      report: deps.report,
    }),
  )
  return app
}

/** Callers page by ids: an item that came without one has its place as its id. */
function inputItemsOf({ input }: StoredResponse, responseId: string): (JsonObject & { id: string })[] {
  return input.filter(isObject).map((item, position) => {
    const { id, type = 'message' } = item
    const own = typeof id === 'string' && id !== '' ? id : undefined
    return { ...item, id: own ?? `item_${responseId.replace('resp_', '')}_${position}`, type }
  })
}

function notFound(id: string): GatewayError {
  return new GatewayError(
    'not_found',
    `There is no response "${id.slice(0, 100)}" here: it has expired, was made with \`store: false\`, or its provider keeps it.`,
  )
}
