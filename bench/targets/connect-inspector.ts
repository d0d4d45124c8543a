export interface Inspector {
  /** Calls a method of the protocol. @returns its result as JSON. */
  send(method: string, params?: object): Promise<string>
  close(): void
}

interface Reply {
  id?: number
  result?: unknown
}

/** Connects to the first Worker that an inspector's port offers. */
export async function connectInspector(origin: string): Promise<Inspector> {
  const listed = await fetch(`${origin}/json`)
  const [first]: { webSocketDebuggerUrl: string }[] = JSON.parse(await listed.text())
  if (!first) throw new Error('The inspector offers nothing.')
  const socket = new WebSocket(first.webSocketDebuggerUrl)
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', reject)
  })
  let last = 0
  const waiting = new Map<number, (result: string) => void>()
  socket.addEventListener('message', ({ data }) => {
    const { id, result }: Reply = JSON.parse(String(data))
    if (id !== undefined) waiting.get(id)?.(JSON.stringify(result))
  })
  return {
    send: (method, params = {}) =>
      new Promise((resolve) => {
        last += 1
        waiting.set(last, resolve)
        socket.send(JSON.stringify({ id: last, method, params }))
      }),
    close: () => socket.close(),
  }
}
