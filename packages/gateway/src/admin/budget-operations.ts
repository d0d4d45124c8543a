import * as z from 'zod'
import type { Budget } from '../budgets/budget.ts'
import type { Deps } from '../deps.ts'
import { listSchema, pageFields, toPage } from './api/list-schema.ts'
import { operation } from './api/operation.ts'
import { formatUsd } from './format-usd.ts'
import { readBudgetStates, type BudgetState } from './read-budget-states.ts'
import { requireFound } from './require-found.ts'
import { budgetScopes, requireScope } from './require-scope.ts'
import { textSchema } from './text-schema.ts'
import { usdSchema } from './usd-schema.ts'

const tag = 'Budgets'
const mode = z.enum(['hard', 'warn'])
const period = z.enum(['day', 'month', 'total'])

const budgetAnswer = z.object({
  id: z.string(),
  org_id: z.string(),
  name: z.string(),
  scope: z.enum(budgetScopes),
  scope_id: z.string().nullable(),
  period,
  limit_usd: z.string(),
  limit_nano_usd: z.number(),
  mode,
  created_at: z.number(),
  disabled_at: z.number().nullable(),
  /** `null` where it cannot be read just now. */
  state: z
    .object({
      spent_nano_usd: z.number(),
      reserved_nano_usd: z.number(),
      remaining_nano_usd: z.number(),
      resets_at: z.number().nullable(),
    })
    .nullable(),
  warning: z.string().optional(),
})

const notThere = 'The organisation has no budget with this id. GET /api/budgets lists them.'

/** What an organisation, or a part of it, may spend, and how it stands. */
export function budgetOperations(deps: Deps) {
  const { budgets } = deps.control
  const find = async (orgId: string, id: string): Promise<Budget> =>
    requireFound(
      (await budgets.list(orgId)).find((budget) => budget.id === id),
      notThere,
    )
  const show = async (budget: Budget) => toPublic(budget, (await readBudgetStates(budget.orgId, [budget], deps))[0])

  return [
    operation(
      {
        method: 'GET',
        path: '/budgets',
        tag,
        access: 'viewer',
        summary: 'Budgets, and how they stand.',
        query: z.strictObject(pageFields),
        answer: listSchema(budgetAnswer),
      },
      async ({ org, query }) => {
        const page = toPage(await budgets.list(org.id), { ...query, keyOf: ({ id }) => id })
        const states = await readBudgetStates(org.id, page.data, deps)
        return { ...page, data: page.data.map((budget, index) => toPublic(budget, states[index])) }
      },
    ),
    operation(
      {
        method: 'GET',
        path: '/budgets/:id',
        tag,
        access: 'viewer',
        summary: 'One budget.',
        answer: budgetAnswer,
        volatile: ['state', 'warning'],
      },
      async ({ org, params }) => show(await find(org.id, params.id)),
    ),
    operation(
      {
        method: 'POST',
        path: '/budgets',
        tag,
        access: 'admin',
        summary: 'Makes a budget.',
        body: z.strictObject({
          name: textSchema,
          scope: z.enum(budgetScopes),
          scope_id: z.string().min(1).nullable().default(null),
          period,
          limit_usd: usdSchema,
          mode: mode.default('hard'),
        }),
        answer: budgetAnswer,
        status: 201,
      },
      async ({ org, body: { scope_id: scopeId, limit_usd: limitNanoUsd, ...about } }) => {
        await requireScope({ orgId: org.id, scope: about.scope, scopeId }, deps)
        const made = {
          ...about,
          id: deps.createId(),
          orgId: org.id,
          scopeId,
          limitNanoUsd,
          createdAt: deps.now(),
          disabledAt: null,
        }
        await budgets.add(made)
        deps.accounts.forget()
        return show(made)
      },
    ),
    operation(
      {
        method: 'PATCH',
        path: '/budgets/:id',
        tag,
        access: 'admin',
        summary: 'Changes a budget, or switches it off.',
        body: z.strictObject({
          name: textSchema.exactOptional(),
          limit_usd: usdSchema.optional(),
          mode: mode.exactOptional(),
          disabled: z.boolean().optional(),
        }),
        answer: budgetAnswer,
      },
      async ({ org, params, body: { limit_usd: limitNanoUsd, disabled, ...change } }) => {
        const old = await find(org.id, params.id)
        const to = {
          ...change,
          ...(limitNanoUsd !== undefined && { limitNanoUsd }),
          ...(disabled !== undefined && { disabledAt: disabled ? (old.disabledAt ?? deps.now()) : null }),
        }
        requireFound(await budgets.update(org.id, old.id, to), notThere)
        deps.accounts.forget()
        return show({ ...old, ...to })
      },
    ),
    operation(
      {
        method: 'DELETE',
        path: '/budgets/:id',
        tag,
        access: 'admin',
        summary: 'Removes a budget.',
        answer: undefined,
      },
      async ({ org, params }) => {
        requireFound(await budgets.remove(org.id, params.id), notThere)
        deps.accounts.forget()
      },
    ),
  ] as const
}

const unreachable = 'What is spent cannot be read just now. Try again in a few seconds.'

function toPublic(budget: Budget, state: BudgetState | undefined) {
  return {
    id: budget.id,
    org_id: budget.orgId,
    name: budget.name,
    scope: budget.scope,
    scope_id: budget.scopeId,
    period: budget.period,
    limit_usd: formatUsd(budget.limitNanoUsd),
    limit_nano_usd: budget.limitNanoUsd,
    mode: budget.mode,
    created_at: budget.createdAt,
    disabled_at: budget.disabledAt,
    state: state ?? null,
    ...(!state && { warning: unreachable }),
  }
}
