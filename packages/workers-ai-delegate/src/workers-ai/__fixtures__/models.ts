import type { GatewayOptions } from '../../ai-binding.ts'
import { createWorkersAIModels } from '../create-workers-ai-models.ts'
import { fakeBinding, type FakeAnswer } from './fake-binding.ts'

/** All kinds of models over a fake binding. */
export function fakeModels(answer: FakeAnswer, gateway?: GatewayOptions) {
  const { binding, runs } = fakeBinding(answer)
  return { ...createWorkersAIModels({ binding, gateway }), runs }
}
