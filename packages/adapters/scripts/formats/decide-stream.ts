import type { ChatChunk, Delta } from '../../src/chat.ts'
import { createTestContext } from '../../src/testing/create-test-context.ts'
import { readProviderError } from '../../src/read-provider-error.ts'
import type { CallerError } from '../../src/wire-format.ts'
import type { Cell, StreamFeature } from './feature.ts'
import type { Inbound, Upstream } from './formats.ts'
import { leavesOf, markedLeaves, placesOf } from './leaves.ts'
import { decode, eventsOf, leavesOfEvents, restream, wholeRequest } from './restream.ts'

const deciders: Readonly<Record<StreamFeature['kind'], (inbound: Inbound, upstream: Upstream) => Cell>> = {
  arguments: decideArguments,
  error: decideError,
  'stream-error': decideStreamError,
}

/** What becomes of the events of a stream, and of errors. */
export function decideStream({ kind }: StreamFeature, inbound: Inbound, upstream: Upstream): Cell {
  return deciders[kind](inbound, upstream)
}

const pieces = ['{"first":"alpha-piece",', '"second":"beta-piece"}']
const marks = ['alpha-piece', 'beta-piece']

/** Arguments that come in pieces reach the caller piece by piece, or at least whole. */
function decideArguments({ format: caller }: Inbound, upstream: Upstream): Cell {
  if (textOnly.has(upstream.format.id)) return { state: 'unsayable' }
  const head = { id: 'x', object: 'chat.completion.chunk' as const, created: 1, model: 'm' }
  const chunkOf = (delta: Delta): ChatChunk => ({ ...head, choices: [{ index: 0, delta, finish_reason: null }] })
  const call = { index: 0, id: 'call_1', type: 'function' as const, function: { name: 'look', arguments: '' } }
  const chunks = [
    chunkOf({ role: 'assistant', content: '', tool_calls: [call] }),
    ...pieces.map((words) => chunkOf({ tool_calls: [{ index: 0, function: { arguments: words } }] })),
    { ...head, choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' as const }] },
  ]
  const said = leavesOfEvents(restream(chunks, upstream, caller))
  const found = markedLeaves(said, marks)
  if (found === undefined) return { state: 'lost' }
  const isInPieces = found.some(({ value }) => marks.filter((mark) => String(value).includes(mark)).length === 1)
  const isWhole = !isInPieces || placesOf(found).some((place) => /args\.|arguments\./.test(place))
  return isWhole ? { state: 'mapped', how: 'in one piece' } : { state: 'same' }
}

/** Formats whose models call no tools. */
const textOnly: ReadonlySet<string> = new Set(['openai-completions', 'replicate-prediction'])

const error: CallerError = { status: 429, type: 'rate_limit', message: 'Too many at once.' }

/** The caller reads the provider's message and the kind of error in the caller's own words. */
function decideError({ format: caller }: Inbound, { format }: Upstream): Cell {
  const { status } = error
  const { message, type } = readProviderError({ status, body: format.formatError(error) })
  const written = caller.formatError({ ...error, message, type })
  const again = readProviderError({ status, body: written })
  const isKept = again.type === error.type && markedLeaves(leavesOf(written), [error.message]) !== undefined
  if (!isKept) return { state: 'lost' }
  return caller.id === format.id ? { state: 'same' } : { state: 'mapped', how: '' }
}

function decideStreamError({ format: caller }: Inbound, { format }: Upstream): Cell {
  if (format.id === 'replicate-prediction') return { state: 'unsayable' }
  const events = eventsOf(format, format.createEncoder(wholeRequest, createTestContext()).error(error))
  const read = decode(format, events).find((item) => item.type === 'error')
  if (read?.type !== 'error' || !read.error.message.includes(error.message)) return { state: 'lost' }
  const encoder = caller.createEncoder(wholeRequest, createTestContext())
  const written = leavesOfEvents(eventsOf(caller, encoder.error({ ...error, ...read.error })))
  if (!markedLeaves(written, [error.message])) return { state: 'lost' }
  return caller.id === format.id ? { state: 'same' } : { state: 'mapped', how: '' }
}
