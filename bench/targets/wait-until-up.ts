import { connect } from 'node:net'

/** Resolves once something listens there. @throws Error after 10 s. */
export async function waitUntilUp(url: string): Promise<void> {
  const { hostname, port } = new URL(url)
  const until = performance.now() + 10_000
  while (performance.now() < until) {
    if (await canConnect(hostname, Number(port))) return
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  throw new Error(`Nothing listens at ${url}.`)
}

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
