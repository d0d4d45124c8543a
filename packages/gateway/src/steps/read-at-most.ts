import type { Attempt } from './attempt-leg.ts'
import { watchAnswer } from './watch-answer.ts'

/**
 * The start of a body as text, and then no more of it. A body that breaks off counts as far as it came. The body of an
 * attempt is let go of when the provider falls silent, the request's time is over, or the caller has left.
 * @throws GatewayError `upstream_timeout`, `client_closed`
 */
export async function readAtMost(
  response: Response,
  mostBytes: number,
  attempt?: Pick<Attempt, 'leg' | 'deps' | 'callerSignal' | 'startedAt'>,
): Promise<string> {
  const { body, headers } = response
  if (body === null) return ''
  const declared = Number(headers.get('content-length') ?? Number.NaN)
  if (!attempt && declared <= mostBytes && !headers.has('content-encoding')) return response.text().catch(() => '')

  const reader = body.getReader()
  const cancel = (): void => void reader.cancel().catch(() => undefined)
  const watch = attempt && watchAnswer(attempt, { cancel, isOk: response.ok })
  const decoder = new TextDecoder()
  let size = 0
  let text = ''
  try {
    while (size <= mostBytes) {
      watch?.begin()
      const { done, value } = await reader.read()
      watch?.end(value?.byteLength ?? 0)
      if (done) break
      size += value.byteLength
      text += decoder.decode(value, { stream: true })
    }
  } catch {
    // What came counts.
  }
  watch?.stop()
  cancel()
  const failure = watch?.failure()
  if (failure) throw failure
  return text
}
