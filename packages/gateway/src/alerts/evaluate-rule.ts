import type { AlertIncident, Change } from './alert-incident.ts'
import type { AlertRule, Severity } from './alert-rule.ts'
import { describeMeasurement } from './describe-measurement.ts'
import type { Measurement } from './measurement.ts'

export interface Evaluation {
  rule: AlertRule
  measurements: readonly Measurement[]
  /** What is known of the rule: open incidents, and those that ended lately. */
  incidents: readonly AlertIncident[]
  now: number
  createId(): string
}

/** How an incident is after a look at what its rule measures. */
export interface Transition {
  /** `held`: it goes on, and nobody is told; `changed`: it is less bad, or as bad again as was told; `reopened`: it came
   * back soon. */
  kind: Change | 'held' | 'changed' | 'reopened'
  /** As it is to be kept; `notice` is set where somebody is told. */
  incident: AlertIncident
}

/** Below this part of a threshold it is over; between the two nothing changes. */
const easing = 0.9

/** How often an incident that goes on is written, ms. */
const holdEveryMs = 60_000

/** What cannot be measured any more is over after this long, ms, or after two windows. */
const mostUnknownMs = 600_000

/**
 * What changes when a rule is looked at. A subject has one open incident at most. Somebody is told when it begins, gets
 * worse, still holds after the cooldown, or ends; what comes back within the cooldown goes on as the same incident. What
 * is acknowledged is told of again only when it gets worse or ends.
 */
export function evaluateRule({ rule, measurements, incidents, now, createId }: Evaluation): Transition[] {
  const latest = latestBySubject(incidents)
  const seen = new Set(measurements.map(({ subject }) => subject))
  const gone = [...latest.values()].filter(({ subject }) => !seen.has(subject))
  const context = { rule, now }
  return [
    ...measurements.flatMap((measurement) =>
      judge(measurement, latest.get(measurement.subject), { ...context, createId }),
    ),
    ...gone.flatMap((incident) => (incident.resolvedAt === null ? resolve(incident, context) : [])),
  ]
}

/** Ends an incident whose rule is there no more, or is switched off; nobody is told. */
export function closeIncident(incident: AlertIncident, now: number): Transition {
  return { kind: 'resolved', incident: { ...incident, resolvedAt: now, updatedAt: now, notice: null } }
}

interface Context {
  rule: AlertRule
  now: number
}

function latestBySubject(incidents: readonly AlertIncident[]): Map<string, AlertIncident> {
  const latest = new Map<string, AlertIncident>()
  for (const incident of incidents) {
    const other = latest.get(incident.subject)
    if (!other || other.createdAt < incident.createdAt) latest.set(incident.subject, incident)
  }
  return latest
}

function judge(
  measurement: Measurement,
  known: AlertIncident | undefined,
  { rule, now, createId }: Context & Pick<Evaluation, 'createId'>,
): Transition[] {
  const open = known?.resolvedAt === null ? known : undefined
  const { value } = measurement
  if (value === null) return open && isForgotten(open, { rule, now }) ? resolve(open, { rule, now }) : []
  const severity = severityOf(value, rule, open?.severity)
  if (!severity) return open ? resolve(open, { rule, now }) : []

  const facts = factsOf({ rule, measurement, value, severity }, now)
  if (open) return goOn(open, facts, { rule, now })
  const isBack = known !== undefined && isQuiet(known, severity, { rule, now })
  if (isBack) return [{ kind: 'reopened', incident: { ...known, ...facts, resolvedAt: null } }]
  const incident = { ...begin(rule, { id: createId(), subject: measurement.subject, now }), ...facts }
  return [{ kind: 'fired', incident: told(incident, 'fired', now) }]
}

/** Which threshold is reached; one that was reached before holds down to nine tenths of it. */
function severityOf(
  value: number,
  { warning, critical }: AlertRule,
  before: Severity | undefined,
): Severity | undefined {
  const holds = (threshold: number | null, held: boolean): boolean =>
    threshold !== null && value >= (held ? threshold * easing : threshold)
  if (holds(critical, before === 'critical')) return 'critical'
  return holds(warning, before !== undefined) ? 'warning' : undefined
}

type Facts = Pick<AlertIncident, 'ruleName' | 'severity' | 'message' | 'value' | 'threshold' | 'updatedAt'>

interface Seen {
  rule: AlertRule
  measurement: Measurement
  value: number
  severity: Severity
}

function factsOf({ rule, measurement, value, severity }: Seen, now: number): Facts {
  const threshold = (severity === 'critical' ? rule.critical : rule.warning) ?? 0
  return {
    ruleName: rule.name,
    severity,
    message: describeMeasurement(rule, { ...measurement, value }, threshold),
    value,
    threshold,
    updatedAt: now,
  }
}

function begin(rule: AlertRule, { id, subject, now }: { id: string; subject: string; now: number }) {
  return {
    id,
    orgId: rule.orgId,
    ruleId: rule.id,
    kind: rule.kind,
    subject,
    createdAt: now,
    resolvedAt: null,
    notifiedAt: null,
    notifiedSeverity: null,
    isTold: false,
    notices: 0,
    notice: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
  } satisfies Partial<AlertIncident>
}

function goOn(open: AlertIncident, facts: Facts, { rule, now }: Context): Transition[] {
  const incident = { ...open, ...facts }
  if (facts.severity === 'critical' && open.notifiedSeverity !== 'critical') {
    return [{ kind: 'escalated', incident: told(incident, 'escalated', now) }]
  }
  const isDue = open.acknowledgedAt === null && now - (open.notifiedAt ?? -Infinity) >= rule.cooldownMs
  if (isDue) return [{ kind: 'still_firing', incident: told(incident, 'still_firing', now) }]
  if (facts.severity !== open.severity) return [{ kind: 'changed', incident }]
  return now - open.updatedAt >= holdEveryMs ? [{ kind: 'held', incident }] : []
}

/** Whether somebody was told of it, as bad as it is, within the cooldown. */
function isQuiet(known: AlertIncident, severity: Severity, { rule, now }: Context): boolean {
  const isWorse = severity === 'critical' && known.notifiedSeverity !== 'critical'
  return !isWorse && known.notifiedAt !== null && now - known.notifiedAt < rule.cooldownMs
}

const isForgotten = ({ updatedAt }: AlertIncident, { rule, now }: Context): boolean =>
  now - updatedAt >= Math.max(2 * rule.windowMs, mostUnknownMs)

function resolve(open: AlertIncident, { rule, now }: Context): Transition[] {
  const incident = { ...open, resolvedAt: now, updatedAt: now }
  const isNews = rule.notifyResolved && open.isTold
  return [{ kind: 'resolved', incident: isNews ? told(incident, 'resolved', now) : incident }]
}

/** The end of something says nothing of when somebody last heard that it holds. */
function told(incident: AlertIncident, change: Change, at: number): AlertIncident {
  const isTold = change !== 'resolved'
  const when = isTold ? { notifiedAt: at, notifiedSeverity: incident.severity } : {}
  return { ...incident, ...when, isTold, notices: incident.notices + 1, notice: { change, at } }
}
