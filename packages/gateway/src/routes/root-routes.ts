import { Hono, type Context } from 'hono'
import type { Run } from '../binding/binding-routes.ts'
import type { Deps } from '../deps.ts'
import { chatCompletions, completions, messages } from '../surfaces/chat-surfaces.ts'
import { countMessageTokens, countResponseTokens } from '../surfaces/count-tokens.ts'
import { geminiSurface } from '../surfaces/gemini.ts'
import { modelRoutes } from '../surfaces/model-routes.ts'
import { rejectingSurface } from '../surfaces/rejecting-surface.ts'
import { responseRoutes } from '../surfaces/response-routes.ts'
import { responsesSurface } from '../surfaces/responses-surface.ts'
import type { Surface } from '../surfaces/surface.ts'
import { embeddings, moderations, rerank } from '../surfaces/tasks.ts'
import { methodError, pathError } from './path-error.ts'
import { restOf } from './rest-of.ts'

const surfaces: Readonly<Record<string, Surface>> = {
  'chat/completions': chatCompletions,
  completions,
  messages,
  'messages/count_tokens': countMessageTokens,
  'responses/input_tokens': countResponseTokens,
  embeddings,
  rerank,
  moderations,
}

/** No account has one of these names: what stands below them is the root API's, or nothing. */
const reservedWords = [
  'chat',
  'completions',
  'responses',
  'messages',
  'embeddings',
  'rerank',
  'moderations',
  'models',
  'images',
  'audio',
  'videos',
  'realtime',
]

/** The vendors' own paths, on the gateway that a header names, or the default one. */
export function rootRoutes({ run, deps }: { run: Run; deps: Deps }): Hono {
  const app = new Hono()
  const root = (surface: Surface) => (c: Context) => run(c, { surface, gatewayId: undefined })

  for (const version of ['v1', 'v1beta', 'v1alpha']) {
    app.post(`/${version}/models/:call{.+:\\w+}`, (c) =>
      run(c, { surface: geminiSurface(restOf(c, 2), new URL(c.req.url).searchParams), gatewayId: undefined }),
    )
  }
  app.route('/', modelRoutes(deps))
  for (const [path, surface] of Object.entries(surfaces)) {
    app.post(`/v1/${path}`, root(surface))
    app.all(`/v1/${path}`, root(rejectingSurface(surface.dialect, methodError('POST'))))
  }
  app.post('/v1/responses', (c) => run(c, { surface: responsesSurface(), gatewayId: undefined }))
  app.all('/v1/responses', root(rejectingSurface(chatCompletions.dialect, methodError('POST'))))
  app.route('/v1/responses', responseRoutes(deps))
  for (const word of reservedWords) app.all(`/v1/${word}/*`, (c) => root(nowhere(word, c))(c))
  return app
}

/** What a reserved word leads to where nothing else does. Models are only read. */
function nowhere(word: string, { req: { method, path } }: Context): Surface {
  const { dialect } = word === 'messages' ? messages : chatCompletions
  const isModel = word === 'models' && method !== 'GET' && !path.endsWith('/')
  return rejectingSurface(dialect, isModel ? methodError('GET') : pathError(path))
}
