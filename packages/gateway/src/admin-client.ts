/** What a client must know of an operation; `AdminApi` is made of these. */
export interface ClientOperation {
  params: string
  query: object
  body: object
  answer: unknown
}

export interface AdminClientOptions {
  /** Where the gateway is; by default where the page is from. */
  baseUrl?: string
  /** Sent with every request, such as `authorization`, or `x-gw-csrf` on writes of a session. */
  headers?(method: string): Record<string, string>
  /** Default the global one. */
  fetch?(request: Request): Promise<Response>
}

type IfNeeded<Name extends string, T> = object extends T ? { [N in Name]?: T } : { [N in Name]: T }

/** What one call takes: what its path, query and body need. */
export type CallOptions<O extends ClientOperation> = IfNeeded<'query', O['query']> &
  IfNeeded<'body', O['body']> &
  ([O['params']] extends [never] ? object : { params: Record<O['params'], string> }) & {
    headers?: Record<string, string>
    signal?: AbortSignal
  }

type Rest<T> = object extends T ? [options?: T] : [options: T]

/** Calls an operation by its method and path. @throws AdminApiError */
export type AdminClient<Api> = <Key extends keyof Api & string>(
  key: Key,
  ...rest: Api[Key] extends ClientOperation ? Rest<CallOptions<Api[Key]>> : never
) => Promise<Api[Key] extends ClientOperation ? Api[Key]['answer'] : never>

/** An answer that is an error: what is wrong, and what to do. */
export class AdminApiError extends Error {
  override readonly name = 'AdminApiError'
  readonly status: number
  readonly code: string
  /** The field that is wrong, where one is. */
  readonly param: string | undefined

  constructor(status: number, { code, message, param }: { code: string; message: string; param?: string | undefined }) {
    super(message)
    this.status = status
    this.code = code
    this.param = param
  }
}

interface Said {
  params?: Record<string, string>
  query?: Record<string, unknown>
  body?: object
  headers?: Record<string, string>
  signal?: AbortSignal
}

/**
 * A client for the control plane whose types are those of its operations.
 * @example
 * const api = createAdminClient<AdminApi>({ baseUrl, headers: () => ({ authorization: `Bearer ${key}` }) })
 * const { data } = await api('GET /budgets', { query: { org_id: 'acme' } })
 */
export function createAdminClient<Api>(options: AdminClientOptions = {}): AdminClient<Api> {
  const { baseUrl = '', headers = () => ({}), fetch: send = (request) => fetch(request) } = options
  const call = async (key: string, said: Said = {}): Promise<unknown> => {
    const [method = 'GET', path = ''] = key.split(' ')
    const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => toSegment(name, said.params?.[name]))
    const response = await send(
      new Request(`${baseUrl}/api${filled}${toQuery(said.query)}`, {
        method,
        headers: {
          ...(said.body && { 'content-type': 'application/json' }),
          ...headers(method),
          ...said.headers,
        },
        ...(said.body && { body: JSON.stringify(said.body) }),
        ...(said.signal && { signal: said.signal }),
      }),
    )
    if (!response.ok) throw await toError(response)
    if (response.status === 204) return undefined
    return response.headers.get('content-type')?.startsWith('application/json') ? response.json() : response.text()
  }
  // The types of `Api` are the server's own; this client only passes on what it sends.
  return call as AdminClient<Api> // oxlint-disable-line typescript/no-unsafe-type-assertion -- see above
}

/** One segment of the path: none that URLs take for the folder itself or the one above. */
function toSegment(name: string, value = ''): string {
  if (value !== '' && value !== '.' && value !== '..') return encodeURIComponent(value)
  throw new TypeError(`params.${name}: "${value}" cannot stand in a path.`)
}

function toQuery(query: Record<string, unknown> = {}): string {
  const entries = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [toPair(name, value)],
  )
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries)}`
}

async function toError(response: Response): Promise<AdminApiError> {
  const text = await response.text()
  const fallback = { code: 'internal', message: `The gateway answered ${response.status}. Try again in a few seconds.` }
  try {
    const { error = fallback }: { error?: { code: string; message: string; param?: string } } = JSON.parse(text)
    return new AdminApiError(response.status, error)
  } catch {
    return new AdminApiError(response.status, fallback)
  }
}

function toPair(name: string, value: unknown): [string, string] {
  return [name, typeof value === 'string' ? value : JSON.stringify(value)]
}
