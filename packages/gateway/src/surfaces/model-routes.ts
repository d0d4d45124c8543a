import { Hono, type Context } from 'hono'
import type { Deps } from '../deps.ts'
import {
  compatModels,
  findGatewayModel,
  geminiModels,
  listGatewayModels,
  modelDialectOf,
  type ModelDialect,
} from './models.ts'

/** Lists of models and single ones, in each caller's words. */
export function modelRoutes(deps: Deps): Hono {
  const app = new Hono()
  const list = async (c: Context, dialect: ModelDialect): Promise<Response> =>
    c.json(await listGatewayModels(c.req.raw, dialect, deps))
  const one = async (c: Context, dialect: ModelDialect): Promise<Response> => {
    const { name = '' } = c.req.param()
    return c.json(await findGatewayModel({ http: c.req.raw, name, dialect }, deps))
  }

  app.get('/v1/models', (c) => list(c, modelDialectOf(c.req.raw)))
  app.get('/v1/models/:name{.+}', (c) => one(c, modelDialectOf(c.req.raw)))
  app.get('/v1beta/models', (c) => list(c, geminiModels))
  app.get('/v1beta/models/:name{.+}', (c) => one(c, geminiModels))
  app.get('/v1/:account/:gateway/compat/models', (c) => list(c, compatModels))
  return app
}
