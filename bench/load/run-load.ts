import type { Agent } from 'node:http'
import { createAgent, send, type Call, type Taken } from './call.ts'
import { verify } from './verify.ts'

/** `closed`: so many callers, each sending its next request when it has the answer. `rate`: at fixed times. */
export type Load =
  | { kind: 'closed'; requests: number; concurrency: number }
  | { kind: 'rate'; requests: number; perSecond: number }

export interface LoadResult {
  requests: number
  seconds: number
  /** Ms of each request. */
  totals: number[]
  /** Ms to the first word of each request. */
  firsts: number[]
}

/** Sends the load; every answer is verified after its time was taken. @throws Error on the first wrong answer. */
export async function runLoad(call: Call, load: Load): Promise<LoadResult> {
  const agent = createAgent(load.kind === 'closed' ? load.concurrency : 64)
  try {
    const startedAt = performance.now()
    const taken = load.kind === 'closed' ? await closed(call, load, agent) : await atRate(call, load, agent)
    const seconds = (performance.now() - startedAt) / 1000
    return {
      requests: taken.length,
      seconds,
      totals: taken.map(({ totalMs }) => totalMs),
      firsts: taken.flatMap(({ firstMs }) => firstMs ?? []),
    }
  } finally {
    agent.destroy()
  }
}

type Times = Pick<Taken, 'totalMs' | 'firstMs'>

async function take(call: Call, agent: Agent): Promise<Times> {
  const taken = await send(call, agent)
  verify(taken, call)
  return { totalMs: taken.totalMs, firstMs: taken.firstMs }
}

async function closed(call: Call, load: Extract<Load, { kind: 'closed' }>, agent: Agent): Promise<Times[]> {
  const all: Times[] = []
  let left = load.requests
  const caller = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      all.push(await take(call, agent))
    }
  }
  await Promise.all(Array.from({ length: load.concurrency }, caller))
  return all
}

async function atRate(call: Call, load: Extract<Load, { kind: 'rate' }>, agent: Agent): Promise<Times[]> {
  const startedAt = performance.now()
  const pending: Promise<Times>[] = []
  for (let index = 0; index < load.requests; index++) {
    const waitMs = startedAt + (index * 1000) / load.perSecond - performance.now()
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
    pending.push(take(call, agent))
  }
  return Promise.all(pending)
}
