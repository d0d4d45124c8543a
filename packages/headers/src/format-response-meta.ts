import { responseHeaders } from './response-headers.ts'
import type { ResponseMeta } from './response-meta.ts'
import { writeFields } from './write-fields.ts'

/** The headers for an answer, the inverse of `parseResponseMeta`; a value that no header can carry is left out. */
export function formatResponseMeta(meta: ResponseMeta): Record<string, string> {
  return writeFields(meta, responseHeaders, () => false)
}
