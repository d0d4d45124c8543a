import { numberOf, objectOf, objectsOf, stringOf, type Json, type JsonObject } from '../../json.ts'

/**
 * A Responses object, which gpt-oss models give, as a chat completion.
 * @see https://platform.openai.com/docs/api-reference/responses/object
 */
export function readResponsesOutput(response: JsonObject): JsonObject {
  const items = objectsOf(response['output'])
  const parts = items.filter(({ type }) => type === 'message').flatMap(({ content }) => objectsOf(content))
  const calls = items.filter(({ type }) => type === 'function_call')
  const refusal = textOf(parts, 'refusal')
  const message = {
    role: 'assistant',
    content: textOf(parts, 'text'),
    reasoning_content:
      items
        .filter(({ type }) => type === 'reasoning')
        .map(readReasoning)
        .join('\n\n') || undefined,
    refusal: refusal || undefined,
    annotations: parts.flatMap(({ annotations }) => objectsOf(annotations)).flatMap(readAnnotation),
    tool_calls: calls.map(({ call_id, id, name, arguments: words }) => ({
      id: call_id ?? id,
      type: 'function',
      function: { name, arguments: words },
    })),
  }
  return {
    id: response['id'],
    model: response['model'],
    created: response['created_at'],
    choices: [{ index: 0, message, finish_reason: readFinish(response) }],
    usage: readUsage(objectOf(response['usage'])),
    service_tier: response['service_tier'],
  }
}

const textOf = (parts: JsonObject[], field: 'text' | 'refusal'): string =>
  parts.map((part) => stringOf(part[field]) ?? '').join('')

/** The reasoning itself where it is open, else its summary. */
function readReasoning({ content, summary }: JsonObject): string {
  const texts = objectsOf(content).length > 0 ? objectsOf(content) : objectsOf(summary)
  return texts.map(({ text }) => stringOf(text) ?? '').join('\n\n')
}

function readAnnotation(annotation: JsonObject): JsonObject[] {
  const { type, ...citation } = annotation
  return type === 'url_citation' ? [{ type, url_citation: citation }] : []
}

/** `completed` leaves the reason to the tool calls. */
function readFinish({ status, incomplete_details }: JsonObject): string {
  if (status !== 'incomplete') return 'stop'
  return objectOf(incomplete_details)?.['reason'] === 'content_filter' ? 'content_filter' : 'length'
}

function readUsage(usage: JsonObject | undefined): Json | undefined {
  if (usage === undefined) return undefined
  if (numberOf(usage['input_tokens']) === undefined) return usage
  return {
    prompt_tokens: usage['input_tokens'],
    completion_tokens: usage['output_tokens'],
    total_tokens: usage['total_tokens'],
    prompt_tokens_details: usage['input_tokens_details'],
    completion_tokens_details: usage['output_tokens_details'],
  }
}
