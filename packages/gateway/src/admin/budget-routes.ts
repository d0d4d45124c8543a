import { Hono } from 'hono'
import * as z from 'zod'
import type { Budget } from '../budgets/budget.ts'
import type { Deps } from '../deps.ts'
import { findOrg } from './find-org.ts'
import { formatUsd } from './format-usd.ts'
import { readBody } from './read-body.ts'
import { readBudgetStates, type BudgetState } from './read-budget-states.ts'
import { requireFound } from './require-found.ts'
import { budgetScopes, requireScope } from './require-scope.ts'
import { textSchema } from './text-schema.ts'
import { usdSchema } from './usd-schema.ts'

const mode = z.enum(['hard', 'warn'])
const orgId = z.string().min(1).optional()
const newBudget = z.strictObject({
  org_id: orgId,
  name: textSchema,
  scope: z.enum(budgetScopes),
  scope_id: z.string().min(1).nullable().default(null),
  period: z.enum(['day', 'month', 'total']),
  limit_usd: usdSchema,
  mode: mode.default('hard'),
})
const budgetChange = z.strictObject({
  org_id: orgId,
  name: textSchema.exactOptional(),
  limit_usd: usdSchema.optional(),
  mode: mode.exactOptional(),
  disabled: z.boolean().optional(),
})

const notThere = 'The organisation has no budget with this id. GET /api/budgets lists them.'

/** What an organisation, or a part of it, may spend, and how it stands. */
export function budgetRoutes(deps: Deps): Hono {
  const { budgets } = deps.control
  const app = new Hono()
  const find = async (orgId: string, id: string): Promise<Budget> =>
    requireFound(
      (await budgets.list(orgId)).find((budget) => budget.id === id),
      notThere,
    )
  const show = async (budget: Budget) => toPublic(budget, (await readBudgetStates(budget.orgId, [budget], deps))[0])

  app.get('/budgets', async (c) => {
    const { id: orgId } = await findOrg(c, deps)
    const all = await budgets.list(orgId)
    const states = await readBudgetStates(orgId, all, deps)
    return c.json({ data: all.map((budget, index) => toPublic(budget, states[index])) })
  })
  app.get('/budgets/:id', async (c) => {
    const { id: orgId } = await findOrg(c, deps)
    return c.json(await show(await find(orgId, c.req.param('id'))))
  })
  app.post('/budgets', async (c) => {
    const { org_id, scope_id: scopeId, limit_usd: limitNanoUsd, ...about } = await readBody(c, newBudget)
    const { id: orgId } = await findOrg(c, deps, org_id)
    await requireScope({ orgId, scope: about.scope, scopeId }, deps)
    const made = {
      ...about,
      id: deps.createId(),
      orgId,
      scopeId,
      limitNanoUsd,
      createdAt: deps.now(),
      disabledAt: null,
    }
    await budgets.add(made)
    deps.accounts.forget()
    return c.json(await show(made), 201)
  })
  app.patch('/budgets/:id', async (c) => {
    const { org_id, limit_usd: limitNanoUsd, disabled, ...change } = await readBody(c, budgetChange)
    const { id: orgId } = await findOrg(c, deps, org_id)
    const old = await find(orgId, c.req.param('id'))
    const to = {
      ...change,
      ...(limitNanoUsd !== undefined && { limitNanoUsd }),
      ...(disabled !== undefined && { disabledAt: disabled ? (old.disabledAt ?? deps.now()) : null }),
    }
    requireFound(await budgets.update(orgId, old.id, to), notThere)
    deps.accounts.forget()
    return c.json(await show({ ...old, ...to }))
  })
  app.delete('/budgets/:id', async (c) => {
    const { id: orgId } = await findOrg(c, deps)
    requireFound(await budgets.remove(orgId, c.req.param('id')), notThere)
    deps.accounts.forget()
    return c.body(null, 204)
  })
  return app
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
