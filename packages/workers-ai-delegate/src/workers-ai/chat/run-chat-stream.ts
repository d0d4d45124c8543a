import { APICallError, type SharedV4Warning } from '@ai-sdk/provider'
import { schemaStreamRefused } from '../run/error-codes.ts'
import { isObject } from '../run/json.ts'
import { readBody } from '../run/read-answer.ts'
import type { AnswerBody } from '../run/run-answer.ts'
import { runModel, type Read, type RunCall } from '../run/run-model.ts'
import { readWhole } from './read-chunk.ts'

/**
 * Runs a model with `stream: true`. Where Workers AI refuses to stream because of the schema, or answers the request for
 * a stream with nothing at all (gpt-oss does), the model runs once more without streaming, and a warning says so.
 */
export async function runChatStream(call: RunCall, warnings: SharedV4Warning[]): Promise<Read<AnswerBody>> {
  const answer = await tryStream(call)
  if (answer !== undefined) return answer
  const details = 'The model does not stream this answer; it was asked again without streaming and comes in one piece.'
  warnings.push({ type: 'compatibility', feature: 'streaming', details })
  return runModel(call, readBody)
}

async function tryStream(call: RunCall): Promise<Read<AnswerBody> | undefined> {
  try {
    const answer = await runModel({ ...call, inputs: { ...call.inputs, stream: true } }, readBody)
    return isEmpty(answer.value) ? undefined : answer
  } catch (error) {
    if (call.inputs['response_format'] !== undefined && isSchemaRefusal(error)) return undefined
    throw error
  }
}

function isEmpty(body: AnswerBody): boolean {
  if (body.type === 'text') return body.text === ''
  if (body.type !== 'json') return false
  const { reasoning, text, pieces, usage } = readWhole(body.value)
  return reasoning === '' && text === '' && pieces.length === 0 && usage === undefined
}

function isSchemaRefusal(error: unknown): boolean {
  if (!APICallError.isInstance(error)) return false
  const { data, message } = error
  const code = isObject(data) ? data['workersAIErrorCode'] : undefined
  return code === schemaStreamRefused || /not supported with stream/i.test(message)
}
