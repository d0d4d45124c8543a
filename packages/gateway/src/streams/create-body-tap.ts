import type { JsonObject, ProviderError } from '@gw/adapters'
import { parseObject } from '@gw/adapters'
import { nothingSeen, type Seen, type Tap } from './tap.ts'

/** What a JSON answer says of itself. */
export type ReadAnswer = (body: JsonObject) => Pick<Seen, 'usage' | 'model' | 'outputCharacters'>

/** A JSON body larger than this passes unread; its cost is then an estimate. */
const mostBytes = 4 * 1024 * 1024

export interface BodyReaders {
  /** The body is text that may be JSON; others are not kept. */
  isText: boolean
  /** Reads a JSON body. */
  read?: ReadAnswer | undefined
  /** Reads units of any body; it has none where it is not JSON. */
  readUnits?(body: JsonObject | undefined): Seen['units']
}

/** Passes any body untouched, and reads it at its end. */
export function createBodyTap({ isText, read, readUnits }: BodyReaders): Tap {
  const seen = nothingSeen()
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  return {
    seen,
    push: (bytes) => {
      seen.hasOutput = true
      size += bytes.byteLength
      if (isText && size <= mostBytes) text += decoder.decode(bytes, { stream: true })
      return bytes
    },
    end: (how) => {
      // Such a body has no end of its own by which one could tell.
      seen.isFinished = how === 'closed'
      const body = isText && size <= mostBytes ? parseObject(text + decoder.decode()) : undefined
      if (read && body) Object.assign(seen, read(body))
      seen.units = readUnits?.(body)
      return undefined
    },
    fail: (error: ProviderError) => {
      seen.error ??= error
      return undefined
    },
  }
}
