import Anthropic from '@anthropic-ai/sdk'
import { gatewayKey, gatewayUrl } from '../gateway-under-test.ts'
import { agentTools, instructions } from './agent-tools.ts'

type Request = Anthropic.Beta.MessageCreateParamsStreaming

/** A turn, its content always as blocks. */
export interface Turn {
  role: 'user' | 'assistant'
  content: Anthropic.Beta.BetaContentBlockParam[]
}

/** Sent with every request, as the header of these values joined by commas. */
export const claudeCodeBetas = [
  'claude-code-20250219',
  'interleaved-thinking-2025-05-14',
  'fine-grained-tool-streaming-2025-05-14',
  'context-management-2025-06-27',
]

/** A client that sends what the terminal sends: a bearer token, and headers that say who asks. */
export function claudeCodeClient(mark: string): Anthropic {
  return new Anthropic({
    apiKey: null,
    authToken: gatewayKey,
    baseURL: gatewayUrl,
    maxRetries: 0,
    defaultHeaders: {
      'x-app': 'cli',
      'user-agent': 'claude-cli/2.0.0 (external, cli)',
      'anthropic-dangerous-direct-browser-access': 'true',
      'cf-aig-metadata': JSON.stringify({ mark }),
    },
  })
}

const ephemeral = { cache_control: { type: 'ephemeral' as const } }

/**
 * One request of a session: the prompt and the last turn end in cache breakpoints.
 * @see https://code.claude.com/docs/en/llm-gateway
 */
export function claudeCodeRequest(model: string, turns: readonly Turn[], session: string): Request {
  return {
    model,
    messages: turns.map((turn, index) => (index === turns.length - 1 ? withBreakpoint(turn) : turn)),
    system: [
      { type: 'text', text: 'You are an agent for the terminal.', ...ephemeral },
      { type: 'text', text: `${instructions}\nSession: ${session}`, ...ephemeral },
    ],
    tools: agentTools.map(({ name, description, schema }) => ({ name, description, input_schema: schema })),
    betas: claudeCodeBetas,
    metadata: { user_id: `user_${'0'.repeat(64)}_account__session_${session}` },
    max_tokens: 32_000,
    thinking: { type: 'enabled', budget_tokens: 31_999 },
    stream: true,
  }
}

function withBreakpoint({ role, content }: Turn): Turn {
  const last = content.at(-1)
  if (last?.type !== 'text' && last?.type !== 'tool_result') return { role, content }
  return { role, content: [...content.slice(0, -1), { ...last, ...ephemeral }] }
}

/** What the terminal asks when it wants to know how long the context is. */
export function claudeCodeCount({ model, messages, system, tools, betas, thinking }: Request) {
  return {
    model,
    messages,
    ...(system && { system }),
    ...(tools && { tools }),
    ...(betas && { betas }),
    ...(thinking && { thinking }),
  }
}
