import { bundleDeliveries } from './bundle-deliveries.ts'
import type { AlertDelivery } from './alert-delivery.ts'
import type { AlertIncident } from './alert-incident.ts'
import type { AlertRule } from './alert-rule.ts'
import type { AlertStores } from './alert-stores.ts'
import { createMeasure, type Measure, type MeasureDeps } from './create-measure.ts'
import { withDefaults } from './default-rules.ts'
import { closeIncident, evaluateRule, type Transition } from './evaluate-rule.ts'
import { planDeliveries } from './plan-deliveries.ts'
import { retryDelay } from './retry-delay.ts'
import { sendToChannel, type ChannelDeps } from './send-to-channel.ts'

export interface AlertDeskDeps extends Omit<MeasureDeps, 'facts'>, Omit<ChannelDeps, 'secrets'> {
  stores: AlertStores
  createId(): string
  report(error: unknown, subject: string): void
}

/** Looks at rules, and tells channels. */
export interface AlertDesk {
  /**
   * Looks at all rules of an organisation, or with `null` of the operator, and sends what is due. To be called for one
   * owner once at a time. @returns when to call again, ms since the epoch; `undefined` where nothing is open, queued, or to be
   * heard of silence
   */
  run(orgId: string | null): Promise<number | undefined>
}

/** What was resolved longer ago cannot come back as the same incident: the longest cooldown, ms. */
const longestCooldownMs = 7 * 24 * 3_600_000

/** How soon an open incident is looked at again, ms. */
const openEveryMs = 60_000

/** Most messages of one run; the others wait for the next. */
const mostSent = 50

/** Looks at one owner's rules at a time. */
export function createAlertDesk(deps: AlertDeskDeps): AlertDesk {
  const { stores, now } = deps
  return {
    run: async (orgId) => {
      const rules = withDefaults(orgId, await stores.rules.list(orgId))
      const known = await stores.incidents.listSince(orgId, now() - longestCooldownMs)
      const measure = createMeasure(orgId, { ...deps, facts: stores.facts })
      const changed = [
        ...(await evaluate(rules, { known, measure }, deps)),
        ...known
          .filter(isOpen)
          .filter((incident) => !hasRule(incident, rules))
          .map((incident) => closeIncident(incident, now())),
      ].map(({ incident }) => incident)
      for (const incident of changed) await stores.incidents.save(incident)

      const latest = new Map([...known, ...changed].map((incident) => [incident.id, incident]))
      await queueNotices([...latest.values()], { orgId, rules }, deps)
      await sendDue(orgId, deps)
      const dueAt = await stores.deliveries.nextDueAt(orgId)
      const isWatched = [...latest.values()].some(isOpen) || rules.some(hearsSilence)
      const times = [...(dueAt === undefined ? [] : [dueAt]), ...(isWatched ? [now() + openEveryMs] : [])]
      return times.length === 0 ? undefined : Math.min(...times)
    },
  }
}

/** Nothing else wakes it. */
const hearsSilence = ({ kind, isEnabled }: AlertRule): boolean => kind === 'no_data' && isEnabled

const isOpen = ({ resolvedAt }: AlertIncident): boolean => resolvedAt === null

const hasRule = ({ ruleId }: AlertIncident, rules: readonly AlertRule[]): boolean =>
  rules.some(({ id, isEnabled }) => id === ruleId && isEnabled)

interface Watched {
  known: readonly AlertIncident[]
  measure: Measure
}

/** A rule that cannot be looked at keeps nobody from the others. */
async function evaluate(
  rules: readonly AlertRule[],
  { known, measure }: Watched,
  { now, createId, report }: AlertDeskDeps,
): Promise<Transition[]> {
  const look = async (rule: AlertRule): Promise<Transition[]> => {
    try {
      const measurements = await measure(rule)
      const incidents = known.filter(({ ruleId }) => ruleId === rule.id)
      return measurements ? evaluateRule({ rule, measurements, incidents, now: now(), createId }) : []
    } catch (error) {
      report(error, `alert rule ${rule.id}`)
      return []
    }
  }
  return (await Promise.all(rules.filter(({ isEnabled }) => isEnabled).map(look))).flat()
}

interface Owned {
  orgId: string | null
  rules: readonly AlertRule[]
}

/** What is to be told is on the incident until it is queued, so that a crash between the two loses nothing. */
async function queueNotices(
  incidents: readonly AlertIncident[],
  { orgId, rules }: Owned,
  { stores }: AlertDeskDeps,
): Promise<void> {
  const telling = incidents.filter(({ notice }) => notice !== null)
  if (telling.length === 0) return
  const channels = await stores.channels.list(orgId)
  for (const incident of telling) {
    const rule = rules.find(({ id }) => id === incident.ruleId)
    if (rule) await stores.deliveries.add(planDeliveries(incident, rule, channels))
    await stores.incidents.clearNotice(incident.id, incident.notices)
  }
}

async function sendDue(orgId: string | null, deps: AlertDeskDeps): Promise<void> {
  const due = await deps.stores.deliveries.listDue(orgId, deps.now(), mostSent)
  await Promise.all(bundleDeliveries(due).map((bundle) => send(bundle, deps)))
}

/** Sends deliveries as one message, and writes down what became of them. */
async function send(bundle: readonly AlertDelivery[], deps: AlertDeskDeps): Promise<void> {
  const [first] = bundle
  if (!first) return
  const { stores, now } = deps
  const channel = await stores.channels.find(first.orgId, first.channelId)
  const messages = bundle.map(({ message }) => message)
  const gone = {
    ok: false,
    statusCode: null,
    error: 'The channel is switched off, or there no more.',
    retryAfterMs: null,
  }
  const outcome = channel?.isEnabled
    ? await sendToChannel({ channel, messages, deliveryId: first.id }, { ...deps, secrets: stores.secrets })
    : gone
  for (const delivery of bundle) {
    const attempts = delivery.attempts + 1
    const delay = outcome.ok || !channel?.isEnabled ? undefined : retryDelay(attempts, outcome.retryAfterMs)
    await stores.deliveries.update({
      ...delivery,
      attempts,
      status: outcome.ok ? 'sent' : delay === undefined ? 'failed' : 'queued',
      dueAt: delay === undefined ? delivery.dueAt : now() + delay,
      lastStatusCode: outcome.statusCode,
      lastError: outcome.error,
      finishedAt: delay === undefined ? now() : null,
    })
  }
}
