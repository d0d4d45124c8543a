import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../json.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { openaiResponses } from '../openai-responses.ts'

const text = fc.string({ minLength: 1, maxLength: 8 })
const id = fc.stringMatching(/^[a-z]{1,6}$/)
const status = fc.constantFrom('completed', 'incomplete')
const object = fc.dictionary(id, fc.oneof(text, fc.integer(), fc.boolean()), { maxKeys: 3 })
const json = object.map((value) => JSON.stringify(value))
const only = <T>(value: T) => fc.constant(value)
/** Fields that are always there, and others that may be. */
const record = (
  required: Record<string, fc.Arbitrary<unknown>>,
  optional: Record<string, fc.Arbitrary<unknown>> = {},
) => fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) })

const inputPart = fc.oneof(
  record({ type: only('input_text'), text }),
  record({ type: only('input_image'), image_url: fc.webUrl(), detail: fc.constantFrom('auto', 'low', 'high') }),
  record({ type: only('input_file'), file_url: fc.webUrl() }),
  record({ type: only('input_file'), file_id: id }),
  record({ type: only('input_file'), filename: id, file_data: only('data:application/pdf;base64,AA==') }),
)
const content = fc.oneof(text, fc.array(inputPart, { minLength: 1, maxLength: 3 }))
const user = record({ role: only('user'), content })
const developer = record({ role: only('developer'), content: text })
const imageById = record({
  type: only('message'),
  role: only('user'),
  content: only([{ type: 'input_image', file_id: 'f' }]),
})

const outputPart = fc.oneof(
  record({ type: only('output_text'), text }, { annotations: only([]), logprobs: only([]) }),
  record({ type: only('refusal'), refusal: text }),
)
const modelItem = fc.oneof(
  record(
    { type: only('message'), role: only('assistant'), content: fc.oneof(text, fc.array(outputPart, { maxLength: 2 })) },
    { id, status, phase: fc.constantFrom('commentary', 'final_answer') },
  ),
  record(
    { type: only('reasoning'), summary: fc.array(record({ type: only('summary_text'), text }), { maxLength: 2 }) },
    { id, status, encrypted_content: id, content: fc.array(record({ type: only('reasoning_text'), text })) },
  ),
  record({ type: only('function_call'), call_id: id, name: id, arguments: json }, { id, status, namespace: id }),
  record({ type: only('custom_tool_call'), call_id: id, name: id, input: text }, { id }),
  record({ type: only('local_shell_call'), call_id: id, action: object }, { id, status }),
  record(
    { type: fc.constantFrom('web_search_call', 'mcp_call', 'code_interpreter_call', 'compaction') },
    { id, status },
  ),
)
const output = record(
  {
    type: fc.constantFrom('function_call_output', 'custom_tool_call_output'),
    call_id: id,
    output: fc.oneof(text, fc.array(inputPart)),
  },
  { id, status },
)
const otherOutput = record(
  { type: fc.constantFrom('shell_call_output', 'apply_patch_call_output'), call_id: id },
  { status },
)

const tool = fc.oneof(
  record(
    { type: only('function'), name: id, parameters: object },
    { description: text, strict: fc.boolean(), defer_loading: fc.boolean() },
  ),
  record({ type: only('custom'), name: id }, { description: text, format: object }),
  record({ type: fc.constantFrom('web_search', 'local_shell', 'mcp', 'tool_search') }, { server_label: id }),
)
const tools = fc
  .uniqueArray(tool, { minLength: 1, maxLength: 4, selector: (value) => value['name'] ?? value['type'] })
  .chain((list) => {
    const named = list.filter(({ name }) => name !== undefined).map(({ type, name }) => ({ type, name }))
    const choice = fc.constantFrom<unknown>(
      'auto',
      'required',
      { type: 'file_search' },
      { type: 'allowed_tools', mode: 'auto', tools: list.map(({ type, name }) => (name ? { type, name } : { type })) },
      ...named,
    )
    return record({ tools: only(list) }, { tool_choice: choice, parallel_tool_calls: fc.boolean() })
  })

const body = fc
  .tuple(
    record(
      {
        input: fc
          .tuple(user, fc.array(fc.oneof(user, developer, imageById, modelItem, output, otherOutput), { maxLength: 6 }))
          .map(([first, rest]) => [first, ...rest]),
      },
      {
        instructions: text,
        text: record(
          {
            format: fc.oneof(
              record({ type: only('text') }),
              record({ type: only('json_schema'), name: id, schema: object }),
            ),
          },
          { verbosity: fc.constantFrom('low', 'high') },
        ),
        reasoning: record({ effort: fc.constantFrom('low', 'high') }, { summary: only('auto') }),
        include: fc.constantFrom(
          ['file_search_call.results'],
          ['reasoning.encrypted_content'],
          ['message.output_text.logprobs'],
        ),
        max_output_tokens: fc.integer({ min: 1, max: 1000 }),
        temperature: fc.double({ min: 0, max: 2, noNaN: true }),
        top_p: fc.double({ min: 0, max: 1, noNaN: true }),
        top_logprobs: fc.integer({ min: 0, max: 20 }),
        user: id,
        safety_identifier: id,
        prompt_cache_key: id,
        service_tier: fc.constantFrom('auto', 'flex'),
        truncation: only('auto'),
        metadata: object,
        store: fc.boolean(),
        previous_response_id: id,
        conversation: id,
        prompt: record({ id }),
        max_tool_calls: fc.integer({ min: 1 }),
        stream: fc.boolean(),
        stream_options: record({ include_obfuscation: fc.boolean() }),
      },
    ),
    fc.oneof(only({}), tools),
  )
  .map(([fields, offered]) => ({ model: 'the-model', ...fields, ...offered }))

test('a request keeps every field that the format has', () => {
  const property = fc.property(body, (request) => {
    const plain: JsonObject = JSON.parse(JSON.stringify(request))
    const again = openaiResponses.formatRequest(
      openaiResponses.parseRequest(plain, createTestContext()),
      createTestContext(),
    )
    expect(again.body).toEqual(plain)
    expect(again.warnings).toEqual([])
  })
  fc.assert(property, { numRuns: 500, seed: 1 })
})
