import type { ChildProcess } from 'node:child_process'
import { createAgent, send, type Call } from '../load/call.ts'
import { verify } from '../load/verify.ts'
import { bareKey, spawnBare } from '../targets/bare-workerd.ts'
import { stopChild } from '../targets/start-child.ts'
import { spawnPeer } from '../targets/start-peer.ts'
import type { Folders, Targets } from '../targets/targets.ts'
import { callOf, type Ask, type TargetId } from './calls.ts'

const ask: Ask = { script: 'short' }

/** Ms from the start of a process to its first right answer, for plain workerd and the peer; one value a round. */
export async function measureColdStart(
  targets: Targets,
  folders: Folders,
  rounds: number,
): Promise<Map<string, number[]>> {
  const cases: [label: TargetId, spawn: () => Promise<Spawned>][] = [
    ['null-alone', () => spawnBare(folders.null)],
    ['gw-alone', () => spawnBare(folders.gw)],
    ...(targets.peer ? ([['peer', spawnPeer]] satisfies [TargetId, () => Promise<Spawned>][]) : []),
  ]
  const times = new Map<string, number[]>(cases.map(([label]) => [label, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [label, spawn] of cases) {
      const startedAt = performance.now()
      const { child, url } = await spawn()
      const fresh = { ...targets, [label]: { url, pid: child.pid ?? 0, key: bareKey } }
      const call = callOf(label, ask, fresh)
      if (call) await firstAnswer(call)
      times.get(label)?.push(performance.now() - startedAt)
      await stopChild(child)
    }
  }
  return times
}

interface Spawned {
  child: ChildProcess
  url: string
}

/** Tries until there is an answer. */
async function firstAnswer(call: Call): Promise<void> {
  const agent = createAgent(1)
  const until = performance.now() + 10_000
  try {
    for (;;) {
      try {
        verify(await send(call, agent), call)
        return
      } catch (error) {
        if (!isRefused(error) || performance.now() > until) throw error
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    }
  } finally {
    agent.destroy()
  }
}

function isRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED'
}
