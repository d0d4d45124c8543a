import type { Ready } from './child-protocol.ts'
import { bareKey, prepareBare, spawnBare, type WorkerFolder } from './bare-workerd.ts'
import { startChild } from './start-child.ts'
import { installPeer, startPeer } from './start-peer.ts'
import { waitUntilUp } from './wait-until-up.ts'

/** Everything that can be called. */
export interface Targets {
  /** The upstream itself. */
  direct: Ready
  null: Ready
  gw: Ready
  /** `undefined` when it could not be installed. */
  peer: Ready | undefined
  'null-alone': Ready
  'gw-alone': Ready
}

/** The two Workers as files, for plain workerd. */
export interface Folders {
  null: WorkerFolder
  gw: WorkerFolder
}

/** Starts upstream, null proxy, gateway and peer, each in a process of its own. */
export async function startTargets(direct: Ready, folders: Folders, say: (text: string) => void): Promise<Targets> {
  const problem = await installPeer()
  if (problem !== undefined) say(`The peer could not be installed, going on without: ${problem}`)
  const [nullProxy, gw, peer] = await Promise.all([
    startChild('host-null.ts', [direct.url]),
    startChild('host-gateway.ts', [direct.url]),
    problem === undefined ? startPeer() : undefined,
  ])
  const nullAlone = await startBare(folders.null)
  const gwAlone = await startBare(folders.gw)
  return { direct, null: nullProxy, gw, peer, 'null-alone': nullAlone, 'gw-alone': { ...gwAlone, key: bareKey } }
}

export function startUpstream(): Promise<Ready> {
  return startChild('host-upstream.ts')
}

export async function prepareFolders(upstream: string): Promise<Folders> {
  return { null: await prepareBare('null', upstream), gw: await prepareBare('gw', upstream) }
}

async function startBare(folder: WorkerFolder): Promise<Ready> {
  const { child, url } = await spawnBare(folder)
  await waitUntilUp(url)
  return { url, pid: child.pid ?? 0 }
}
