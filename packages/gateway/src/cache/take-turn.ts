import { GatewayError } from '@gw/headers'
import type { AnswerCache, Opened } from './answer-cache.ts'
import type { CacheKey } from './cache-key.ts'

/** A request's place in the cache. */
export interface CachePlace {
  answers: AnswerCache
  key: CacheKey
  /** Id of the request. */
  turn: string
}

export interface TurnOptions {
  /** How long the request may wait for another's answer, ms. Default and most 30,000. */
  waitMs: number | undefined
  callerSignal: AbortSignal
  /** Whose request it is, looked up again: much may happen while it waits. @throws GatewayError */
  recheck(): Promise<unknown>
  background(work: Promise<unknown>): void
  report(error: unknown): void
}

/** What a cache may take to say what it has, ms. */
const openMs = 1000

/** How long a request waits for the answer to an equal one, ms. */
const mostWaitMs = 30_000

const nothing: Opened = { state: 'late' }

/**
 * What the cache has for the request, after waiting for whoever is getting it. A cache that fails or takes too long has
 * nothing. @throws GatewayError `client_closed` when the caller leaves meanwhile, and as `recheck` after a wait
 */
export async function takeTurn(place: CachePlace, options: TurnOptions): Promise<Opened> {
  const { answers, key, turn } = place
  const found = await inTime(answers.open(key, turn), openMs, { place, options })
  if (found.state !== 'wait') return found
  const waitMs = Math.min(options.waitMs ?? mostWaitMs, mostWaitMs)
  const ended = await inTime(answers.wait(key, turn, waitMs), waitMs + openMs, { place, options })
  try {
    await options.recheck()
    return ended
  } catch (error) {
    options.background(answers.leave(key, turn).catch(() => undefined))
    throw error
  }
}

interface TurnContext {
  place: CachePlace
  options: TurnOptions
}

async function inTime(asked: Promise<Opened>, mostMs: number, { place, options }: TurnContext): Promise<Opened> {
  const { background, callerSignal, report } = options
  let timer: ReturnType<typeof setTimeout> | undefined
  let leave = (): void => undefined
  const gone = new Promise<'gone'>((resolve) => (leave = () => resolve('gone')))
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), mostMs)))
  callerSignal.addEventListener('abort', leave, { once: true })
  if (callerSignal.aborted) leave()
  try {
    const first = await Promise.race([asked, late, gone])
    if (typeof first !== 'string') return first
    background(letGo(asked, place))
    if (first === 'late') return nothing
    throw new GatewayError('client_closed', 'The caller left while another request was getting the answer.')
  } catch (error) {
    if (error instanceof GatewayError) throw error
    report(error)
    return nothing
  } finally {
    if (timer !== undefined) clearTimeout(timer)
    callerSignal.removeEventListener('abort', leave)
  }
}

/** Whoever does not wait any more leaves the queue, and gives back the lead if it comes all the same. */
async function letGo(asked: Promise<Opened>, { answers, key, turn }: CachePlace): Promise<void> {
  const leave = (): Promise<void> => answers.leave(key, turn).catch(() => undefined)
  await leave()
  const found = await asked.catch(() => nothing)
  if (found.state === 'lead') await leave()
}
