import { createSseDecoder } from '@gw/adapters'
import { z } from 'zod'
import { gatewayKey, gatewayUrl } from '../gateway-under-test.ts'
import { instructions } from './agent-tools.ts'

const item = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  call_id: z.string().optional(),
  name: z.string().optional(),
})

/** An item of a conversation, as it goes over the wire. */
export type CodexItem = z.infer<typeof item>

const event = z.looseObject({
  type: z.string(),
  sequence_number: z.number(),
  item: item.optional(),
  response: z.looseObject({ status: z.string(), usage: z.unknown() }).optional(),
})

export type CodexEvent = z.infer<typeof event>

const grammar = 'start: "*** Begin Patch" LF /(.|\\n)+/ "*** End Patch" LF?\n%import common.LF'

const tools = [
  {
    type: 'function',
    name: 'shell',
    description: 'Runs a command',
    strict: false,
    parameters: {
      type: 'object',
      properties: {
        command: { type: 'array', items: { type: 'string' } },
        workdir: { type: 'string' },
        timeout_ms: { type: 'number' },
      },
      required: ['command'],
      additionalProperties: false,
    },
  },
  {
    type: 'function',
    name: 'update_plan',
    description: 'Keeps the plan',
    strict: false,
    parameters: {
      type: 'object',
      properties: {
        explanation: { type: 'string' },
        plan: { type: 'array', items: { type: 'object', properties: {} } },
      },
      required: ['plan'],
      additionalProperties: false,
    },
  },
  {
    type: 'custom',
    name: 'apply_patch',
    description: 'Changes files; the input is the patch itself',
    format: { type: 'grammar', syntax: 'lark', definition: grammar },
  },
  { type: 'web_search' },
]

/**
 * One request of a session: nothing is stored, so that reasoning travels encrypted and items without ids.
 * @see https://developers.openai.com/codex/config-advanced
 */
export function codexRequest(model: string, input: readonly object[], session: string) {
  return {
    model,
    instructions,
    input,
    tools,
    tool_choice: 'auto',
    parallel_tool_calls: true,
    reasoning: { effort: 'medium', summary: 'auto' },
    store: false,
    stream: true,
    include: ['reasoning.encrypted_content'],
    prompt_cache_key: session,
    text: { verbosity: 'low' },
    client_metadata: { 'x-codex-installation-id': session },
  }
}

/** The events of an answer, in order. */
export async function askCodex(body: object, mark: string): Promise<CodexEvent[]> {
  const response = await fetch(`${gatewayUrl}/v1/responses`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${gatewayKey}`,
      'content-type': 'application/json',
      accept: 'text/event-stream',
      originator: 'codex_cli_rs',
      'user-agent': 'codex_cli_rs/0.150.0 (Debian 13; x86_64) xterm',
      'session-id': mark,
      'cf-aig-metadata': JSON.stringify({ mark }),
    },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status} ${text}`)
  const decoder = createSseDecoder()
  const events = [...decoder.push(new TextEncoder().encode(text)), ...decoder.end()]
  return events.filter(({ data }) => data !== '[DONE]').map(({ data }) => event.parse(JSON.parse(data)))
}

/** The finished items, which go back without their ids. */
export function itemsOf(events: readonly CodexEvent[]): CodexItem[] {
  return events.flatMap(({ type, item: said }) => {
    if (type !== 'response.output_item.done' || !said) return []
    const { id: _, status: __, ...rest } = said
    return [{ ...rest, type: said.type }]
  })
}

/** What the tools answered, in the kind of item that belongs to each call. */
export function outputsOf(items: readonly CodexItem[], run: (call: CodexItem) => string): CodexItem[] {
  return items.flatMap((call) =>
    call.type === 'function_call' || call.type === 'custom_tool_call'
      ? [{ type: `${call.type}_output`, call_id: call.call_id, output: run(call) }]
      : [],
  )
}
