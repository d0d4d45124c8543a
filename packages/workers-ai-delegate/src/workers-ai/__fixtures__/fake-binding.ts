import type { AiBinding, AiRunOptions } from '../../ai-binding.ts'

/** What a model was asked. */
export interface RunRecord {
  model: string
  inputs: Record<string, unknown>
  options: AiRunOptions
}

/** What a fake answers: always the same, or whatever a function says. */
export type FakeAnswer = string | object | null | undefined | ((run: RunRecord, index: number) => unknown)

/** A binding that answers every run alike, or by its number, and keeps what was asked. */
export function fakeBinding(answer: FakeAnswer) {
  const runs: RunRecord[] = []
  const binding: AiBinding = {
    run: async (model, inputs, options = {}) => {
      const run = { model, inputs, options }
      runs.push(run)
      return typeof answer === 'function' ? answer(run, runs.length - 1) : answer
    },
  }
  return { binding, runs }
}

/** A JSON response, as REST and the binding give with `returnRawResponse`. */
export function jsonResponse(body: unknown, init: ResponseInit = {}): Response {
  return Response.json(body, init)
}
