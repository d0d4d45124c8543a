import { parseObject, WireError, type JsonObject } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import { readUnits } from '../money/read-units.ts'
import type { TaskLeg, TaskReading } from '../plan.ts'
import { nothingSeen } from '../streams/tap.ts'
import { answerHeaders } from './answer-headers.ts'
import type { Attempt, AttemptOutcome } from './attempt-leg.ts'
import { readJsonAnswer } from './read-json-answer.ts'

export interface ReadTask {
  leg: TaskLeg
  response: Response
  warnings: string[]
  attempt: Attempt
}

/** Reads a provider's JSON answer to a task, and writes it in the caller's format. */
export async function readTaskAnswer({ leg, response, warnings, attempt }: ReadTask): Promise<AttemptOutcome> {
  const { deps, secret, callerSignal } = attempt
  const read = await readJsonAnswer(response, attempt)
  if ('failure' in read) return { ok: false, failure: read.failure }
  const { parsed, body } = readTask(leg, read.body, response.headers)
  const headers = answerHeaders(response.headers)
  headers.set('content-type', 'application/json')
  const units = readUnits({
    providerId: leg.provider.id,
    path: leg.path,
    request: parseObject(leg.body),
    answer: read.body,
    headers: response.headers,
  })
  const seen = { ...nothingSeen(), usage: parsed.usage, units, model: parsed.model, hasOutput: true, isFinished: true }
  return {
    ok: true,
    answer: {
      leg,
      status: 200,
      headers,
      body: body ? JSON.stringify(body) : read.text,
      keySource: secret.source,
      warnings,
      done: { ending: callerSignal.aborted ? 'client_gone' : 'complete', seen, firstOutputAt: deps.now() },
    },
  }
}

/** @throws GatewayError `upstream_error` when the answer is not what the provider's dialect says. */
function readTask(leg: TaskLeg, body: JsonObject, headers: Headers): TaskReading {
  try {
    return leg.read(body, headers)
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause
    throw new GatewayError('upstream_error', cause.message, { cause })
  }
}
