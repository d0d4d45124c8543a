import { keyResolutionLevels, type LevelExplanation } from '@gw/keys'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { findGateway } from '../steps/find-gateway.ts'
import { judgeFree } from '../steps/judge-free.ts'
import { isOperator } from './api/actor.ts'
import { operation } from './api/operation.ts'
import { findCaller } from './find-caller.ts'
import { findProvider } from './find-provider.ts'

const levelAnswer = z.object({
  level: z.enum(keyResolutionLevels),
  outcome: z.enum(['wins', 'available', 'unusable', 'empty', 'skipped']),
  reason: z.string(),
  /** Of levels that are the operator's, operators alone see keys. */
  keys: z.array(
    z.object({
      id: z.string(),
      alias: z.string().nullable(),
      name: z.string(),
      last_four: z.string().nullable(),
      weight: z.number().nullable(),
      outcome: z.enum(['usable', 'other_alias', 'disabled', 'resting', 'unreadable']),
      reason: z.string(),
    }),
  ),
})

/** Which key a call would get, and why: the same judgement that calls are made with. */
export function keyResolutionOperations(deps: Deps) {
  return [
    operation(
      {
        method: 'GET',
        path: '/key-resolution',
        tag: 'Provider keys',
        access: 'viewer',
        summary: 'Which provider key a call would get, level by level, and why.',
        query: z.strictObject({
          provider: z.string().min(1),
          user_id: z.string().min(1).optional(),
          gateway_key_id: z.string().min(1).optional(),
          gateway_id: z.string().min(1).default('default'),
          alias: z.string().min(1).optional(),
        }),
        answer: z.object({
          provider: z.string(),
          keyless: z.boolean(),
          tier_id: z.string().nullable(),
          data: z.array(levelAnswer),
        }),
      },
      async ({ org, actor, query: { provider: named, gateway_id: gatewayId, alias, ...who } }) => {
        const provider = findProvider(named, deps)
        const caller = await findCaller(org.id, who, deps)
        const [account, gateway] = await Promise.all([
          deps.accounts.find(caller),
          findGateway(caller, gatewayId, deps.gateways),
        ])
        const tierId = account.tier?.id ?? null
        const { id: providerId, envKeys, envSets = [], keyless = false } = provider
        const { isPossible, reason } = await judgeFree({ provider }, { caller, account, gateway }, deps)
        const free = { isPossible, reason }
        const asked = { providerId, caller, tierId, alias, envKeys, envSets, free }
        const levels = await deps.keyResolver.explainKeyResolution(asked)
        const data = levels.map((level) => toPublic(level, isOperator(actor)))
        return { provider: providerId, keyless, tier_id: tierId, data }
      },
    ),
  ] as const
}

const ofOrg: ReadonlySet<string> = new Set(['user', 'org', 'free'])

function toPublic({ level, outcome, reason, keys }: LevelExplanation, seesAll: boolean) {
  const visible = seesAll || ofOrg.has(level) ? keys : []
  return { level, outcome, reason, keys: visible.map(({ lastFour, ...key }) => ({ ...key, last_four: lastFour })) }
}
