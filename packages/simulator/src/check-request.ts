import { Rejection } from './format.ts'
import type { Failure, Format } from './format.ts'
import { hasLeakedKey } from './formats/leaked-key.ts'
import type { Visit } from './visit.ts'

/** What the vendor finds wrong before it reads the body: a leaked key, the method, the credential. */
export function refuseCaller(visit: Visit, format: Pick<Format, 'credential'>): Failure | undefined {
  const { request, search, provider, path } = visit
  const { headers, method } = request
  if (hasLeakedKey(headers, search)) return { kind: 'leaked-key' }
  if (method !== 'POST') return { kind: 'wrong-method', message: `${method} ${path}` }
  if (provider === 'sim') return undefined
  const credential = format.credential({ headers, search, provider })
  if (credential === undefined || credential === '') return { kind: 'missing-auth' }
  return credential === 'bad-key' ? { kind: 'bad-auth' } : undefined
}

/** The body as JSON. Throws a Rejection for anything else. */
export function parseJsonBody({ request, text }: Visit): unknown {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/([\w.-]+\+)?json/.test(type)) {
    throw new Rejection(`Unsupported content-type: '${type}'. Send application/json.`)
  }
  try {
    const body: unknown = JSON.parse(text)
    return body
  } catch {
    throw new Rejection('We could not parse the JSON body of your request. The body must be valid JSON.')
  }
}
