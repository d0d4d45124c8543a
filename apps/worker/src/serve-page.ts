import type { Env } from './env.ts'
import { gatewayOf } from './gateway-of.ts'

/** Browsers ask for pages and files here; everything else is the gateway's. */
export function isPage({ method, url }: Request): boolean {
  return (
    method === 'GET' &&
    !/^\/(?:v1|v1beta|api|ai|ai-api|ai-gateway|client|health|ready|metrics)(?:\/|$)/.test(new URL(url).pathname)
  )
}

/** No script, style or address of anybody else's; nor may anybody else show the pages. */
const policy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' data: blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const pageHeaders = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
}

/**
 * A file of the dashboard; for the path of one of its pages, the page that knows them all. What is neither gets the gateway's
 * error, which says where to go.
 */
export async function servePage(request: Request, env: Env, execution: ExecutionContext): Promise<Response> {
  const { pathname } = new URL(request.url)
  const file = await env.ASSETS.fetch(request)
  if (file.status !== 404) return withHeaders(file, pathname)
  const isBrowser = request.headers.get('accept')?.includes('text/html') ?? false
  if (!isBrowser || pathname.startsWith('/assets/')) return gatewayOf(env).fetch(request, env, execution)
  return withHeaders(await env.ASSETS.fetch(new Request(new URL('/', request.url), request)), '/')
}

function withHeaders(file: Response, pathname: string): Response {
  const answer = new Response(file.body, file)
  for (const [name, value] of Object.entries(pageHeaders)) answer.headers.set(name, value)
  // Their names change with their content.
  if (pathname.startsWith('/assets/')) answer.headers.set('cache-control', 'public, max-age=31536000, immutable')
  return answer
}
