import { buildHeaders } from '@gw/headers'
import type { AiBinding } from '../ai-binding.ts'
import { isResponse } from '../workers-ai/run/run-answer.ts'
import { reportDispatch, toResumable, type DelegateCall } from './delegate-call.ts'

/**
 * The binding for models that read their answers themselves: `onDispatch` hears of each run, and streams are picked up
 * where they break off, where that was chosen.
 */
export function createRunBinding(call: DelegateCall): AiBinding {
  const { binding, selection } = call
  return {
    run: async (model, inputs, options = {}) => {
      const { gateway = call.gateway, signal } = options
      const stream = inputs['stream'] === true
      const asked = stream && selection.resumeEnabled ? buildHeaders({ resumable: true }) : {}
      const extraHeaders = { ...options.extraHeaders, ...asked }
      const sent = { ...options, ...(Object.keys(extraHeaders).length > 0 && { extraHeaders }) }
      const answer = await binding.run(model, inputs, sent)
      if (!isResponse(answer)) return answer
      reportDispatch(call, answer)
      return toResumable({ ...call, gateway }, answer, { stream, signal })
    },
  }
}
