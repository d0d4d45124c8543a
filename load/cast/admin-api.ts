/** The gateway's control plane, with the admin key. */
export interface AdminApi {
  get<T>(path: string): Promise<T>
  send<T>(method: 'POST' | 'PUT' | 'PATCH', path: string, body: object): Promise<T>
  delete(path: string): Promise<void>
}

/** @throws Error from every call that is not answered with success, with the answer in its message. */
export function createAdminApi(url: string, adminKey: string): AdminApi {
  const call = async (method: string, path: string, body?: object): Promise<string> => {
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} /api${path}: ${response.status} ${text}`)
    return text
  }
  return {
    get: async (path) => JSON.parse(await call('GET', path)),
    send: async (method, path, body) => JSON.parse(await call(method, path, body)),
    delete: async (path) => void (await call('DELETE', path)),
  }
}
