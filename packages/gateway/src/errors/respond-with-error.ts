import { formatResponseMeta } from '@gw/headers'
import { failureOfError } from '../failure.ts'
import type { Dialect } from './dialect.ts'
import { renderError } from './render-error.ts'

export interface ErrorResponseOptions {
  dialect: Dialect
  logId: string
  report(error: unknown, logId: string): void
}

/** Any thrown error as an answer, for paths that leave no row. */
export function respondWithError(error: unknown, { dialect, logId, report }: ErrorResponseOptions): Response {
  const failure = failureOfError(error, (unforeseen) => report(unforeseen, logId))
  return renderError(failure, { dialect, logId, attempts: 0, headers: formatResponseMeta({ requestId: logId }) })
}
