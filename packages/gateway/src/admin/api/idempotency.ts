import { GatewayError } from '@gw/headers'
import type { Deps } from '../../deps.ts'
import { sha256 } from '../../sign-in/sha-256.ts'
import type { Operation, ParsedInput } from './operation.ts'

/** Writes that carried an `Idempotency-Key`, for a day. */
export interface IdempotencyStore {
  /**
   * Claims an id; what is there already is given back, with no answer while it is under way. What is under way for longer
   * than `underWayMs` never ended, and counts as not there.
   */
  claim(claim: IdempotencyClaim): Promise<{ fingerprint: string; answer: string | null } | undefined>
  finish(id: string, answer: string): Promise<void>
  /** Makes the id free again, after a failure. */
  release(id: string): Promise<void>
}

export interface IdempotencyClaim {
  id: string
  /** Of what was sent. */
  fingerprint: string
  /** Ms since the epoch; what is a day older is forgotten. */
  at: number
}

/** How long an answer is kept, ms. */
export const idempotencyMs = 86_400_000
/** How long a write may take, ms. */
export const underWayMs = 600_000
const headerName = 'idempotency-key'
const longest = 255

/**
 * Does a POST that carries an `Idempotency-Key` once: the same again within a day gets the first answer. Answers are kept
 * sealed, and those with a secret are not kept at all where nothing can seal them. What is for everyone is done each time:
 * nobody knows who repeats it, and a session is for the browser that asked for it alone.
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 * @throws GatewayError `conflict`, `invalid_header`
 */
export async function doOnce(
  operation: Operation,
  { input, work }: { input: ParsedInput; work(): Promise<Response> },
  deps: Deps,
): Promise<Response> {
  const key = input.c.req.header(headerName)
  if (key === undefined || operation.method !== 'POST' || operation.isPublic) return work()
  if (key.length === 0 || key.length > longest) {
    throw new GatewayError('invalid_header', `Idempotency-Key: must have 1 to ${longest} characters.`)
  }
  const store = deps.control.idempotency
  const id = await sha256(JSON.stringify([whoIs(input), input.org?.id, input.c.req.path, key]))
  const fingerprint = await sha256(JSON.stringify([input.query, input.body]))
  const known = await store.claim({ id, fingerprint, at: deps.now() })
  if (known) return repeat(known, { id, fingerprint }, deps)
  const answer = await work().catch(async (error: unknown) => {
    await store.release(id).catch((unforeseen: unknown) => deps.report(unforeseen, id))
    throw error
  })
  try {
    await store.finish(id, await toKept(answer.clone(), { id, isSecret: operation.answersSecret }, deps))
  } catch (error) {
    // It has been done: the id stays taken, so that it is not done again at once.
    deps.report(error, id)
  }
  return answer
}

function whoIs({ actor }: ParsedInput): string {
  return actor?.kind === 'user' ? actor.user.id : 'operator'
}

interface Kept {
  status: number
  /** Base64 where it is sealed; `null` where it could not be kept. */
  body: string | null
  sealed?: { version: string; dataKey: string }
}

async function toKept(
  answer: Response,
  { id, isSecret }: { id: string; isSecret: boolean },
  deps: Deps,
): Promise<string> {
  const { vault } = deps.control
  const text = await answer.text()
  const { status } = answer
  if (!vault) return JSON.stringify({ status, body: isSecret ? null : text } satisfies Kept)
  const { bytes, ...sealed } = await vault.sealBytes(Uint8Array.from(new TextEncoder().encode(text)), contextOf(id))
  return JSON.stringify({ status, body: toBase64(bytes), sealed } satisfies Kept)
}

async function repeat(
  known: { fingerprint: string; answer: string | null },
  { id, fingerprint }: { id: string; fingerprint: string },
  deps: Deps,
): Promise<Response> {
  if (known.fingerprint !== fingerprint) {
    throw conflict('was used for another request. Choose a new key for each request.')
  }
  if (known.answer === null) throw conflict('is of a request that is still under way. Ask again in a second.')
  const { status, body, sealed }: Kept = JSON.parse(known.answer)
  if (body === null) throw conflict('is of a request that was done; its answer had a secret and is not kept.')
  const { vault } = deps.control
  if (sealed && !vault) throw conflict('is of a request that was done; its answer is sealed and cannot be opened.')
  const opened = sealed && (await vault?.openBytes({ ...sealed, bytes: fromBase64(body) }, contextOf(id)))
  const text = opened ? new TextDecoder().decode(opened) : body
  return new Response(status === 204 ? null : text, {
    status,
    headers: { 'content-type': 'application/json', 'idempotency-replayed': 'true' },
  })
}

const contextOf = (id: string) => ({ orgId: 'idempotency', recordId: id })

function conflict(why: string): GatewayError {
  return new GatewayError('conflict', `This Idempotency-Key ${why}`)
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''))
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.codePointAt(0) ?? 0)
}
