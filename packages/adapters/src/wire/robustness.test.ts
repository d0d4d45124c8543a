import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isObject } from '../json.ts'
import { callerFormats } from '../testing/caller-formats.ts'
import { createTestContext } from '../testing/create-test-context.ts'
import { WireError } from '../wire-error.ts'

/** Names that the formats know, so that random bodies reach every branch. */
const fields =
  'role content messages message choices delta index type text id name model usage tool_calls function arguments ' +
  'finish_reason error errors result response success output candidates parts contents functionCall args system tools ' +
  'tool_choice response_format stop content_block partial_json thinking citations sources documents data tool_plan ' +
  'annotations prompt_tokens completion_tokens image_url url input tool_use_id tool_call_id logprobs image ' +
  'instructions include reasoning summary encrypted_content call_id output_index content_index item_id item part ' +
  'annotation status incomplete_details usage input_tokens output_tokens detail file_id name format'
const words =
  'user assistant system tool model text thinking tool_use tool_result function image_url message_start ' +
  'content_block_start content_block_delta content_block_stop message_delta message_stop message-start content-start ' +
  'content-delta tool-call-start tool-call-delta citation-start message-end stop STOP COMPLETE ERROR tool_calls null {} ' +
  '{"a":1} data:image/png;base64,AA json_schema message ' +
  'input_text output_text refusal reasoning function_call function_call_output custom_tool_call computer_call_output ' +
  'item_reference image_generation_call custom allowed_tools completed incomplete response.created ' +
  'response.output_item.added response.output_item.done response.output_text.delta response.refusal.delta ' +
  'response.output_text.annotation.added response.function_call_arguments.delta response.reasoning_text.delta ' +
  'response.custom_tool_call_input.delta response.completed response.incomplete response.failed error gw:data/x/y:z'

/** The same bodies in every run. */
const options = { numRuns: 400, seed: 1 }

const { body } = fc.letrec((tie) => ({
  scalar: fc.oneof(
    fc.constantFrom('', ...words.split(' ')),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.string({ maxLength: 5 }),
  ),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('scalar'),
    tie('body'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  body: fc.dictionary(fc.constantFrom(...fields.split(' ')), tie('value'), { maxKeys: 6 }),
}))
const json = body.filter(isObject)

describe.each(callerFormats.map(({ format }) => [format.id, format] as const))('%s', (_, format) => {
  test('refuses a strange request with a WireError, or understands it', () => {
    const property = fc.property(json, (request) => {
      expect(
        errorOf(() => format.parseRequest(request, createTestContext())) ?? new WireError('unsupported', ''),
      ).toBeInstanceOf(WireError)
    })
    fc.assert(property, options)
  })

  test('reads any answer', () => {
    const property = fc.property(json, (answer) => {
      const response = format.parseResponse(answer, createTestContext())
      expect(response.object).toBe('chat.completion')
      expect(() => format.formatResponse(response, createTestContext())).not.toThrow()
    })
    fc.assert(property, options)
  })

  test('reads any events, and says its usage once', () => {
    const property = fc.property(fc.array(json, { maxLength: 8 }), (events) => {
      const decoder = format.createDecoder(createTestContext())
      const items = events.flatMap((event) => decoder.push({ data: JSON.stringify(event) }))
      items.push(...decoder.push({ data: '[DONE]' }), ...decoder.end())
      const usages = items.filter((item) => item.type === 'chunk' && item.chunk.usage)
      expect(usages.length).toBeLessThanOrEqual(1)
      const encoder = format.createEncoder({ model: '', messages: [] }, createTestContext())
      for (const item of items) if (item.type === 'chunk') encoder.push(item.chunk)
      expect(encoder.end()).not.toBe('')
    })
    fc.assert(property, options)
  })
})

function errorOf(run: () => unknown): unknown {
  try {
    run()
    return undefined
  } catch (error) {
    return error
  }
}
