import { openaiChat, type JsonObject } from '@gw/adapters'
import type { Capability } from '@gw/catalog'
import { GatewayError } from '@gw/headers'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { routingSettingsSchema } from '../gateways/routing-settings-schema.ts'
import { decide } from '../routing/decide.ts'
import { measureChat, measureTask } from '../routing/measure.ts'
import type { Measured } from '../routing/routable.ts'
import { takeConstraints } from '../routing/take-constraints.ts'
import { toPublicDecision } from '../routing/to-public-decision.ts'
import { whatIf } from '../routing/what-if.ts'
import { findGateway } from '../steps/find-gateway.ts'
import { inboundChat } from '../surfaces/chat-surface.ts'
import { operation } from './api/operation.ts'
import { findCaller } from './find-caller.ts'
import { healthAnswer, toPublicHealth } from './to-public-health.ts'

const tokens = z.number().int().min(0).max(100_000_000)
const time = z.number().int().min(0)

const capabilities = [
  'chat',
  'vision',
  'pdf',
  'audio_input',
  'video_input',
  'audio_output',
  'tools',
  'json_schema',
  'reasoning',
  'web_search',
  'embedding',
  'rerank',
  'moderation',
  'image_output',
  'video_output',
  'speech',
  'transcription',
  'translation',
  'realtime',
] as const satisfies readonly Capability[]

const question = z.strictObject({
  gateway_id: z.string().min(1).default('default'),
  user_id: z.string().min(1).optional(),
  gateway_key_id: z.string().min(1).optional(),
  task: z.enum(['chat', 'embeddings', 'rerank', 'moderations']).default('chat'),
  model: z
    .string()
    .regex(/^(?:auto(?:\/|$)|cloudflare\/auto$)/, 'must be auto or auto/{strategy}')
    .default('auto'),
  constraints: routingSettingsSchema.shape.constraints,
  session_id: z.string().min(1).optional(),
  body: z.record(z.string(), z.unknown()).optional(),
  needs: z.array(z.enum(capabilities)).max(20).optional(),
  input_tokens: tokens.optional(),
  output_tokens: tokens.optional(),
})

const replay = z
  .strictObject({
    gateway_id: z.string().min(1).default('default'),
    from: time,
    to: time,
    limit: z.number().int().min(1).max(5000).default(1000),
    policy: routingSettingsSchema,
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be later than from, both in ms since the epoch' })

const tag = 'Router'

/** Why the router chooses what it chooses, and what it would have chosen under another policy. */
export function routerOperations(deps: Deps) {
  return [
    operation(
      {
        method: 'GET',
        path: '/router/health',
        tag,
        access: 'viewer',
        summary: 'How targets are, as the router sees them.',
        answer: z.object({ data: z.array(healthAnswer) }),
      },
      async ({ org }) => {
        const found = await deps.health.read(org.id).catch(notNow)
        return { data: [...found].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(toPublicHealth) }
      },
    ),
    operation(
      {
        method: 'POST',
        path: '/router/explain',
        tag,
        access: 'viewer',
        writes: false,
        summary: 'What the router would choose for a request, with every candidate, its score and its reasons.',
        body: question,
        answer: z.custom<ReturnType<typeof toPublicDecision>>(),
      },
      async ({ org, body: { gateway_id, user_id, gateway_key_id, ...asked } }) => {
        const caller = await findCaller(org.id, { user_id, gateway_key_id }, deps)
        const payer = await findPayer(caller, gateway_id, deps)
        const measured = measure(asked, deps)
        const options = {
          ...(asked.constraints && { constraints: { ...asked.constraints } }),
          ...(asked.session_id !== undefined && { sessionId: asked.session_id }),
        }
        const { body, constraints } = takeConstraints(z.custom<JsonObject>().parse(asked.body ?? {}))
        const said = { task: asked.task, name: asked.model, body, constraints }
        const choice = { ...said, measured, payer, options, withoutKey: true }
        const { decision } = await decide(choice, deps)
        return toPublicDecision(decision, measured)
      },
    ),
    operation(
      {
        method: 'POST',
        path: '/router/what-if',
        tag,
        access: 'viewer',
        writes: false,
        summary: 'What past requests would have cost and taken under another policy. Nobody is called.',
        body: replay,
        answer: z.custom<Awaited<ReturnType<typeof whatIf>>>(),
      },
      async ({ org, body: { gateway_id, policy, ...period } }) => {
        const payer = await findPayer(await findCaller(org.id, {}, deps), gateway_id, deps)
        return whatIf({ payer, policy, ...period }, deps)
      },
    ),
  ] as const
}

function notNow(cause: unknown): never {
  const message = 'The health of targets cannot be read just now. Try again in a few seconds.'
  throw new GatewayError('unavailable', message, { cause, retryAfterMs: 2000 })
}

async function findPayer(caller: Awaited<ReturnType<typeof findCaller>>, gatewayId: string, deps: Deps) {
  const [account, gateway] = await Promise.all([
    deps.accounts.find(caller),
    findGateway(caller, gatewayId, deps.gateways),
  ])
  return { caller, account, gateway }
}

type Asked = Pick<z.output<typeof question>, 'task' | 'body' | 'needs' | 'input_tokens' | 'output_tokens'>

/** From a body, if there is one, and from what is said beside it. */
function measure({ task, body, needs, input_tokens, output_tokens }: Asked, deps: Deps): Measured {
  const found = measureBody(task, body, deps)
  return {
    qualityTask: found.qualityTask,
    needs: needs ? [...new Set([...found.needs, ...needs])] : found.needs,
    inputTokens: input_tokens ?? found.inputTokens,
    outputTokens: output_tokens ?? found.outputTokens,
  }
}

function measureBody(task: Asked['task'], body: Asked['body'], deps: Deps): Measured {
  const said = z.custom<JsonObject>().parse(body ?? {})
  if (task !== 'chat') return measureTask(task, said)
  if (!body) return { needs: ['chat'], qualityTask: 'chat', inputTokens: 1000, outputTokens: 1000 }
  return measureChat(inboundChat(openaiChat, { text: JSON.stringify(said), body: said, stream: false }, deps))
}
