import { GatewayError } from '@gw/headers'
import * as z from 'zod'
import type { AlertRule } from '../alerts/alert-rule.ts'
import { defaultRules, ruleOf, withDefaults } from '../alerts/default-rules.ts'
import { ruleKinds } from '../alerts/rule-kinds.ts'
import { alertFilterSchema, digestSchema, errorTypeSchema, ruleKindSchema } from '../alerts/rule-settings-schema.ts'
import type { Deps } from '../deps.ts'
import { alertOwnerQuery, ownerAccess, toOwner } from './alert-owner.ts'
import { operation } from './api/operation.ts'
import { requireFound } from './require-found.ts'
import { textSchema } from './text-schema.ts'

const tag = 'Alerts'
const threshold = z.number().min(0).max(1e12).nullable()

const changeFields = {
  name: textSchema.exactOptional(),
  enabled: z.boolean().exactOptional(),
  filter: alertFilterSchema.exactOptional(),
  error_type: errorTypeSchema.nullable().exactOptional(),
  warning: threshold.exactOptional(),
  critical: threshold.exactOptional(),
  window_seconds: z.number().int().min(60).max(86_400).exactOptional(),
  least_requests: z.number().int().min(1).max(100_000).exactOptional(),
  cooldown_seconds: z.number().int().min(0).max(604_800).exactOptional(),
  channels: z.array(z.string().min(1)).max(50).nullable().exactOptional(),
  digest: digestSchema.exactOptional(),
  notify_resolved: z.boolean().exactOptional(),
}
const ruleChange = z.strictObject(changeFields)
const newRule = z.strictObject({ kind: ruleKindSchema, ...changeFields })
type RuleChange = z.output<typeof ruleChange>

const ruleAnswer = z.object({
  id: z.string(),
  org_id: z.string().nullable(),
  name: z.string(),
  kind: z.string(),
  enabled: z.boolean(),
  filter: z.record(z.string(), z.string()),
  error_type: errorTypeSchema.nullable(),
  warning: z.number().nullable(),
  critical: z.number().nullable(),
  /** What the thresholds are in. */
  unit: z.enum(['usd', 'share', 'requests', 'minutes', 'event']),
  window_seconds: z.number(),
  least_requests: z.number(),
  cooldown_seconds: z.number(),
  channels: z.array(z.string()).nullable(),
  digest: digestSchema,
  notify_resolved: z.boolean(),
  /** It is there without anybody having made it. */
  is_default: z.boolean(),
  created_at: z.number(),
  updated_at: z.number(),
})

const notThere = 'There is no alert rule with this id here. GET /api/alert-rules lists them.'
const query = z.strictObject(alertOwnerQuery)

/** What somebody wants to hear of. */
export function alertRuleOperations(deps: Deps) {
  const { rules } = deps.control.alerts
  const listOf = async (orgId: string | null): Promise<AlertRule[]> => withDefaults(orgId, await rules.list(orgId))
  const find = async (orgId: string | null, id: string): Promise<AlertRule> =>
    requireFound(
      (await listOf(orgId)).find((rule) => rule.id === id),
      notThere,
    )
  const save = async (rule: AlertRule) => {
    await requireSound(rule, deps)
    await rules.save(rule)
    await deps.watchAlerts?.(rule.orgId)
    return toPublic(rule)
  }
  return [
    operation(
      {
        method: 'GET',
        path: '/alert-rules',
        tag,
        access: ownerAccess('viewer'),
        summary: "Alert rules, those included that are there by default; with system=true the operator's.",
        query,
        answer: z.object({ data: z.array(ruleAnswer) }),
      },
      async ({ org }) => ({ data: (await listOf(toOwner(org))).map(toPublic) }),
    ),
    operation(
      {
        method: 'GET',
        path: '/alert-rules/:id',
        tag,
        access: ownerAccess('viewer'),
        summary: 'One alert rule.',
        query,
        answer: ruleAnswer,
      },
      async ({ org, params }) => toPublic(await find(toOwner(org), params.id)),
    ),
    operation(
      {
        method: 'POST',
        path: '/alert-rules',
        tag,
        access: ownerAccess('admin'),
        summary: 'Makes an alert rule. What is left out is as usual for its kind.',
        query,
        body: newRule,
        answer: ruleAnswer,
        status: 201,
      },
      async ({ org, body: { kind, ...change } }) => {
        const at = { createdAt: deps.now(), updatedAt: deps.now() }
        return save({ ...ruleOf(kind, toOwner(org)), ...toChange(change), id: deps.createId(), ...at })
      },
    ),
    operation(
      {
        method: 'PATCH',
        path: '/alert-rules/:id',
        tag,
        access: ownerAccess('admin'),
        summary: 'Changes an alert rule, or switches it off.',
        query,
        body: ruleChange,
        answer: ruleAnswer,
      },
      async ({ org, params, body }) => {
        const old = await find(toOwner(org), params.id)
        return save({ ...old, ...toChange(body), createdAt: old.createdAt || deps.now(), updatedAt: deps.now() })
      },
    ),
    operation(
      {
        method: 'DELETE',
        path: '/alert-rules/:id',
        tag,
        access: ownerAccess('admin'),
        summary: 'Removes an alert rule; one that is there by default becomes as it was at first.',
        query,
        answer: undefined,
      },
      async ({ org, params }) => {
        const orgId = toOwner(org)
        const isRemoved = await rules.remove(orgId, params.id)
        if (!isRemoved && isDefault(orgId, params.id)) {
          throw new GatewayError('conflict', 'This rule is there by default. PATCH it with {"enabled":false} instead.')
        }
        requireFound(isRemoved || undefined, notThere)
        await deps.watchAlerts?.(orgId)
      },
    ),
  ] as const
}

const isDefault = (orgId: string | null, id: string): boolean => defaultRules(orgId).some((rule) => rule.id === id)

/** @throws GatewayError `invalid_request` where a rule could never do what it says. */
async function requireSound(rule: AlertRule, { control }: Deps): Promise<void> {
  const { kind, orgId, warning, critical, filter, errorType } = rule
  const { owners, takesFilter } = ruleKinds[kind]
  if (!owners.includes(orgId === null ? 'operator' : 'org')) {
    throw mistake(
      'kind',
      orgId === null ? `${kind} is for organisations: name one.` : `${kind} is for the operator: add ?system=true.`,
    )
  }
  if (warning === null && critical === null) throw mistake('warning', 'set `warning`, `critical` or both.')
  if (warning !== null && critical !== null && critical < warning) throw mistake('critical', 'is less than `warning`.')
  if (!takesFilter && Object.keys(filter).length > 0) throw mistake('filter', `rules of kind ${kind} take none.`)
  if (errorType !== null && kind !== 'error_pattern') throw mistake('error_type', 'is for rules of kind error_pattern.')
  const known = new Set((await control.alerts.channels.list(orgId)).map(({ id }) => id))
  const unknown = rule.channels?.find((id) => !known.has(id))
  if (unknown !== undefined) throw mistake('channels', `there is no channel "${unknown.slice(0, 64)}" here.`)
}

const mistake = (param: string, words: string): GatewayError =>
  new GatewayError('invalid_request', `${param}: ${words}`, { detail: { param } })

/** What was sent, as a rule has it. */
function toChange(change: RuleChange): Partial<AlertRule> {
  const { enabled, error_type, window_seconds, least_requests, cooldown_seconds, notify_resolved, ...same } = change
  return {
    ...same,
    ...(enabled !== undefined && { isEnabled: enabled }),
    ...(error_type !== undefined && { errorType: error_type }),
    ...(window_seconds !== undefined && { windowMs: window_seconds * 1000 }),
    ...(least_requests !== undefined && { leastRequests: least_requests }),
    ...(cooldown_seconds !== undefined && { cooldownMs: cooldown_seconds * 1000 }),
    ...(notify_resolved !== undefined && { notifyResolved: notify_resolved }),
  }
}

function toPublic(rule: AlertRule): z.input<typeof ruleAnswer> {
  const filter = Object.entries(rule.filter).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))
  return {
    id: rule.id,
    org_id: rule.orgId,
    name: rule.name,
    kind: rule.kind,
    enabled: rule.isEnabled,
    filter: Object.fromEntries(filter),
    error_type: rule.errorType,
    warning: rule.warning,
    critical: rule.critical,
    unit: ruleKinds[rule.kind].unit,
    window_seconds: rule.windowMs / 1000,
    least_requests: rule.leastRequests,
    cooldown_seconds: rule.cooldownMs / 1000,
    channels: rule.channels && [...rule.channels],
    digest: rule.digest,
    notify_resolved: rule.notifyResolved,
    is_default: isDefault(rule.orgId, rule.id),
    created_at: rule.createdAt,
    updated_at: rule.updatedAt,
  }
}
