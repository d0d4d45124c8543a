import { GatewayError } from '@gw/headers'
import { watchIdle } from '../streams/watch-idle.ts'
import type { Attempt } from './attempt-leg.ts'

export interface AnswerWatch {
  /** A read has begun. */
  begin(): void
  /** It has ended, with that many bytes. */
  end(bytes: number): void
  stop(): void
  /** Why the reading was given up. */
  failure(): GatewayError | undefined
}

export interface WatchedAnswer {
  cancel(): void
  /** Its status is that of a success. */
  isOk: boolean
}

/**
 * Calls `cancel` when a whole answer takes too long: the provider is silent, the time that the caller gave is over, or the
 * caller has left and the answer, with its bill, did not end soon after.
 */
export function watchAnswer(
  { leg, deps, callerSignal, startedAt }: Pick<Attempt, 'leg' | 'deps' | 'callerSignal' | 'startedAt'>,
  { cancel, isOk }: WatchedAnswer,
): AnswerWatch {
  const { limits, now } = deps
  const { requestTimeoutMs } = leg.options
  let failure: GatewayError | undefined
  let drain: ReturnType<typeof setTimeout> | undefined
  let drainedBytes = 0

  const giveUp = (message: string): void => {
    // Who answered with success has done the work, and may charge for it.
    const detail = { may_cost: isOk }
    failure ??= drain
      ? new GatewayError('client_closed', 'The caller left before the answer.', { detail })
      : new GatewayError('upstream_timeout', message, { detail })
    cancel()
  }
  const leave = (): void => {
    drain ??= setTimeout(() => giveUp(''), limits.drainMs)
  }
  const idle = watchIdle(limits.idleMs, now, () => giveUp(`The provider was silent for ${limits.idleMs} ms.`))
  const deadline =
    requestTimeoutMs === undefined
      ? undefined
      : setTimeout(
          () => giveUp(`The provider was not done within ${requestTimeoutMs} ms.`),
          Math.max(0, startedAt + requestTimeoutMs - now()),
        )
  callerSignal.addEventListener('abort', leave)
  if (callerSignal.aborted) leave()

  return {
    begin: idle.begin,
    end: (bytes) => {
      idle.end()
      if (drain) drainedBytes += bytes
      if (drainedBytes > limits.drainBytes) giveUp('')
    },
    stop: () => {
      idle.stop()
      if (deadline !== undefined) clearTimeout(deadline)
      if (drain !== undefined) clearTimeout(drain)
      callerSignal.removeEventListener('abort', leave)
    },
    failure: () => failure,
  }
}
