import { GatewayError } from '@gw/headers'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { ledgerName } from '../ledger/ledger-name.ts'
import { requestCounters, tokenCounters } from '../limits/limit-counters.ts'
import { accountOf, neuronCounter } from '../limits/neuron-counter.ts'
import { operation } from './api/operation.ts'
import { dayOf } from './day-of.ts'
import { readCounters } from './read-counters.ts'
import { requireMember } from './require-member.ts'
import { tierAnswer, toPublicTier } from './to-public-tier.ts'

const tag = 'Usage and limits'
const time = z.coerce.number().int().min(0).max(8_640_000_000_000_000).optional()
const hourMs = 3_600_000
const unreachable = 'What is used cannot be read just now. Try again in a few seconds.'

const totals = {
  requests: z.number(),
  unchecked: z.number(),
  unpriced: z.number(),
  input_tokens: z.number(),
  output_tokens: z.number(),
  cost_nano_usd: z.number(),
  charged_nano_usd: z.number(),
  milli_neurons: z.number(),
  saved_nano_usd: z.number(),
  saved_ms: z.number(),
}

/** What was used, and what is left. */
export function usageOperations(deps: Deps) {
  return [usageOperation(deps), limitOperation(deps), neuronOperation(deps)] as const
}

function usageOperation(deps: Deps) {
  return operation(
    {
      method: 'GET',
      path: '/usage',
      tag,
      access: 'viewer',
      summary: "What the organisation's requests came to in whole hours; without times, on this UTC day.",
      query: z.strictObject({ from: time, to: time }),
      answer: z.object({ org_id: z.string(), from: z.number(), to: z.number(), ...totals }),
    },
    async ({ org, query }) => {
      const today = dayOf(deps.now())
      const from = Math.floor((query.from ?? today.from) / hourMs) * hourMs
      const to = Math.ceil((query.to ?? today.to) / hourMs) * hourMs
      if (from >= to) {
        throw new GatewayError('invalid_request', 'to: must be later than from, both in ms since the epoch.', {
          detail: { param: 'to' },
        })
      }
      return { org_id: org.id, from, to, ...(await deps.control.usage.totals({ orgId: org.id, from, to })) }
    },
  )
}

function limitOperation(deps: Deps) {
  return operation(
    {
      method: 'GET',
      path: '/limits',
      tag,
      access: 'viewer',
      summary: "A caller's tier, who shares its limits, and what is used of them.",
      query: z.strictObject({ user_id: z.string().min(1).optional() }),
      answer: z.object({
        tier: tierAnswer.nullable(),
        principal: z.object({ kind: z.enum(['org', 'user']), id: z.string() }),
        data: z
          .array(
            z.object({
              id: z.string(),
              limit: z.number(),
              used: z.number(),
              remaining: z.number(),
              resets_at: z.number().nullable(),
            }),
          )
          .nullable(),
        warning: z.string().optional(),
      }),
    },
    async ({ org, query: { user_id: userId = null } }) => {
      await requireMember({ orgId: org.id, userId }, deps)
      const { tier, principal } = await deps.accounts.find({ orgId: org.id, userId })
      const counters = tier ? [...requestCounters(tier), ...tokenCounters(tier)] : []
      const states = await readCounters(deps.ledgers.open(ledgerName.tier(principal)), counters)
      const limits = states?.map(({ id, limit, used, remaining, resetsAt }) => ({
        id,
        limit,
        used,
        remaining,
        resets_at: resetsAt,
      }))
      return {
        tier: tier ? toPublicTier(tier) : null,
        principal,
        data: limits ?? null,
        ...(!limits && { warning: unreachable }),
      }
    },
  )
}

function neuronOperation(deps: Deps) {
  return operation(
    {
      method: 'GET',
      path: '/neurons',
      tag,
      access: 'signed_in',
      summary: "Today's free neurons of Workers AI, of the whole gateway.",
      answer: z.object({
        used: z.number().nullable(),
        reserved: z.number().nullable(),
        left: z.number().nullable(),
        limit: z.number(),
        resets_at: z.number(),
        warning: z.string().optional(),
      }),
    },
    async () => {
      const ledger = deps.ledgers.open(ledgerName.neurons(accountOf(deps)))
      const [state] = (await readCounters(ledger, [neuronCounter(deps, true)])) ?? []
      const day = { limit: deps.neuronsPerDay, resets_at: dayOf(deps.now()).to }
      if (!state) return { used: null, reserved: null, left: null, ...day, warning: unreachable }
      const { used, held, remaining } = state
      return { used: (used - held) / 1000, reserved: held / 1000, left: remaining / 1000, ...day }
    },
  )
}
