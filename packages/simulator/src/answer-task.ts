import { parseJsonBody, refuseCaller } from './check-request.ts'
import { failureOf } from './errors.ts'
import { splitModel } from './faults/parse-faults.ts'
import { toFailure } from './faults/to-failure.ts'
import type { Failure } from './format.ts'
import { hash } from './hash.ts'
import type { RequestRecord } from './request-log.ts'
import type { State } from './state.ts'
import type { Task } from './tasks/task.ts'
import { modelOf } from './visit.ts'
import type { Visit } from './visit.ts'

interface Context {
  state: State
  record: RequestRecord
}

/** Checks a request as its vendor would and does the task, or refuses; of the faults, those that are an error apply. */
export function answerTask(visit: Visit, task: Task, { state, record }: Context): Response {
  const seed = hash(`${state.seed}${visit.provider}${visit.path}${visit.text}`)
  const finish = (status: number, body: unknown, extra: Record<string, string> = {}): Response => {
    Object.assign(record, { status, ending: 'complete' })
    return Response.json(body, { status, headers: { ...task.format.headers({ seed, model: record.model }), ...extra } })
  }
  const fail = (failure: Failure): Response => {
    const { status, body, headers } = task.format.toError(failure, { provider: visit.provider, seed })
    return finish(status, body, headers)
  }
  const refused = refuseCaller(visit, task.format)
  if (refused) return fail(refused)
  try {
    const body = parseJsonBody(visit)
    const named = modelOf(visit.path, task.path, body)
    const { model, specs } = splitModel(named)
    Object.assign(record, { body, model, faults: specs })
    const failure = toFailure(state.faults.resolve(specs, `${visit.provider}/${named}`), model)
    if (failure) return fail(failure)
    const { provider, path, search, request } = visit
    return finish(200, task.answer({ provider, path, search, headers: request.headers, model, body }))
  } catch (error) {
    return fail(failureOf(error))
  }
}
