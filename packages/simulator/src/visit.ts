import { isJson } from './shape.ts'

/** One HTTP request with its body read, before it is understood. */
export interface Visit {
  request: Request
  provider: string
  /** The vendor's own path. */
  path: string
  search: URLSearchParams
  bytes: Uint8Array
  text: string
}

/** Reads the body and takes the provider off the path. */
export async function readVisit(request: Request): Promise<Visit> {
  const url = new URL(request.url)
  const [, provider = '', rest = '/'] = /^\/([^/]*)(\/.*)?$/.exec(url.pathname) ?? []
  const bytes = request.body === null ? new Uint8Array() : new Uint8Array(await request.arrayBuffer())
  const isText = /json|text|urlencoded|^$/.test(request.headers.get('content-type') ?? '')
  const text = isText ? new TextDecoder().decode(bytes) : ''
  return { request, provider, path: rest, search: url.searchParams, bytes, text }
}

/** The model as the caller wrote it, fault parts included: from the path where the vendor has it there, else from the body. */
export function modelOf(path: string, pattern: RegExp, body: unknown): string {
  const fromPath = pattern.exec(path)?.[1] ?? /\/deployments\/([^/]+)\//.exec(path)?.[1]
  if (fromPath !== undefined) return decodePath(fromPath)
  return isJson(body) && typeof body['model'] === 'string' ? body['model'] : ''
}

function decodePath(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
