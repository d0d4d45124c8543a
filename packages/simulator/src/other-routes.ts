import type { Failure } from './format.ts'
import { formatOfProvider } from './formats/formats.ts'
import { hasLeakedKey } from './formats/leaked-key.ts'
import { googleTokenRoute } from './google-token-route.ts'
import { hash } from './hash.ts'
import { toModelList } from './model-lists.ts'
import { replicateRoute } from './replicate-route.ts'
import type { State } from './state.ts'
import type { Visit } from './visit.ts'

/** Everything that is not an answer of a model: model lists, the echo, and the vendor's own 404. */
export function otherRoute(visit: Visit, state: State): Response {
  const { seed } = state
  const { request, provider, path, search } = visit
  const { headers, method } = request
  const format = formatOfProvider(provider, path)
  const fail = (failure: Failure): Response => {
    const { status, body } = format.toError(failure, { provider, seed: hash(seed + path) })
    return Response.json(body, { status, headers: format.headers({ seed: hash(seed + path), model: '' }) })
  }
  if (hasLeakedKey(headers, search)) return fail({ kind: 'leaked-key' })
  if (path.startsWith('/echo')) return echo(visit)
  const vendorRoute = googleTokenRoute(visit) ?? replicateRoute(visit, state)
  if (vendorRoute) return vendorRoute
  const isList = /\/models(\/search)?$/.test(path)
  if (!isList) return fail({ kind: 'no-route', message: `${method} ${path}` })
  if (method !== 'GET') return fail({ kind: 'wrong-method', message: `${method} ${path}` })
  if (provider !== 'sim') {
    const credential = format.credential({ headers, search, provider })
    if (credential === undefined || credential === '') return fail({ kind: 'missing-auth' })
    if (credential === 'bad-key') return fail({ kind: 'bad-auth' })
  }
  return Response.json(toModelList(format.id))
}

const secretHeaders = /^(authorization|cookie|.*(api-?key|token|secret).*)$/i

/** Tells what arrived; under `/echo/raw` gives the body back as it came, under `/echo/status/418` answers with that status. */
function echo({ request, path, search, bytes, text }: Visit): Response {
  const status = Number(/^\/echo\/status\/([2-5]\d\d)$/.exec(path)?.[1] ?? 200)
  const type = request.headers.get('content-type')
  if (path.startsWith('/echo/raw')) {
    return new Response(bytes.slice(), { headers: { 'content-type': type ?? 'application/octet-stream' } })
  }
  const headers = Object.fromEntries([...request.headers].filter(([name]) => !secretHeaders.test(name)))
  const query = Object.fromEntries(search)
  const echoed = {
    method: request.method,
    path,
    query,
    headers,
    bodyBytes: bytes.length,
    bodyHash: hash(text).toString(16),
  }
  const isBodyless = status === 204 || status === 304
  return isBodyless ? new Response(null, { status }) : Response.json(echoed, { status })
}
