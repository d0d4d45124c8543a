import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { childOf } from '../bench/targets/process-tree.ts'
import { audit } from './audit/audit.ts'
import { createSecretFinder, type SecretFinder } from './audit/create-secret-finder.ts'
import type { UpstreamRecord } from './audit/evidence.ts'
import { createAdminApi, type AdminApi } from './cast/admin-api.ts'
import { castFor, type Cast } from './cast/cast.ts'
import { setUpCast, type Prepared } from './cast/set-up-cast.ts'
import { runClients, type Sent } from './clients/run-clients.ts'
import { collectRows } from './collect-rows.ts'
import { formatSummary } from './format-summary.ts'
import { createPlan } from './plan/create-plan.ts'
import { createSecrets, type UpstreamSecrets } from './targets/secrets.ts'
import { startTargets, type Targets } from './targets/targets.ts'
import { waitForRows } from './wait-for-rows.ts'
import { watchBudgets } from './watch-budgets.ts'

export interface LoadOptions {
  requests: number
  /** Requests at once. */
  concurrency: number
  seed: string
  /** Most that sending may take; what has not been sent by then is not. */
  minutes: number
  say(line: string): void
  /** Hears of what was started, so that it can be stopped early. */
  onStart(targets: Targets): void
}

interface Run extends LoadOptions {
  targets: Targets
  secrets: UpstreamSecrets
  api: AdminApi
  finder: SecretFinder
  cast: Cast
  prepared: Prepared
}

/** Rows and settlements may come so long after the last request, ms. */
const settleMs = 90_000

/** Sends the requests, then audits what the gateway made of them. @returns what is wrong. */
export async function runLoad(options: LoadOptions): Promise<string[]> {
  const { requests, concurrency, seed, say, onStart } = options
  const secrets = createSecrets()
  const plan = createPlan({ requests, seed })
  const print = createHash('sha256').update(JSON.stringify(plan)).digest('hex').slice(0, 12)
  say(`seed ${seed}, plan ${print}: ${requests} requests, ${concurrency} at once`)
  const targets = await startTargets({ requests, seed }, secrets)
  onStart(targets)
  try {
    const finder = createSecretFinder()
    const api = createAdminApi(targets.gateway.url, secrets.adminKey)
    const cast = castFor(requests)
    const prepared = await setUpCast(cast, api, secrets)
    listSecrets(finder, { secrets, prepared, output: targets.gateway.output() })
    say(`gateway ${targets.gateway.url}, ${cast.orgs.length} organisations, ${cast.budgets.length} budgets`)
    const run: Run = { ...options, targets, secrets, api, finder, cast, prepared }
    const findings = await sendAndAudit(run, plan)
    for (const { title, figures, violations } of findings) {
      say(`${violations.length === 0 ? 'ok  ' : 'FAIL'} ${title}: ${figures}`)
      for (const violation of violations.slice(0, 20)) say(`       ${violation}`)
      if (violations.length > 20) say(`       … and ${violations.length - 20} more`)
    }
    return findings.flatMap(({ violations }) => violations)
  } finally {
    await targets.stop()
    await targets.remove()
  }
}

async function sendAndAudit(run: Run, plan: ReturnType<typeof createPlan>) {
  const { targets, api, finder, prepared, concurrency, minutes, say } = run
  const startedAt = Date.now()
  const watch = watchBudgets(prepared.budgets, api)
  const find = finder.find
  const until = startedAt + minutes * 60_000
  const sent: Sent[] = await runClients({ url: targets.gateway.url, plan, prepared, concurrency, until, findSecrets: find })
  const durationMs = Date.now() - startedAt
  const slow = sent.filter(({ got }) => got.totalMs > 5000).map(({ planned, got, at }) => JSON.stringify({ id: planned.id, way: planned.way, stream: planned.stream, caller: planned.caller, att: planned.attempts, to: planned.timeoutMs, legs: planned.legs.map((l) => [l.model.provider, l.faults.join()]), leave: planned.leave, e: got.ending, s: got.status, f: got.firstMs, t: got.totalMs, b: got.bytes }))
  for (const line of slow) say(line)
  say(`sent in ${(durationMs / 1000).toFixed(1)} s; waiting for rows`)
  if (sent.length < plan.length) say(`stopped after ${minutes} minutes: ${sent.length} of ${plan.length} requests were sent`)
  const settleUntil = Date.now() + settleMs
  const usage = await waitForRows({ api, prepared, sent, startedAt, until: settleUntil })
  const budgets = await watch.settle(settleUntil)
  const rows = await collectRows(prepared.orgs, api)
  const { used: neuronsUsed } = await api.get<{ used: number }>('/neurons')
  const upstream = await readUpstream(targets.upstream.url)
  const peakBytes = await peakOf(childOf(targets.gateway.pid, 'workerd'))
  await targets.stop()
  for (const line of formatSummary({ sent, rows, durationMs, peakBytes })) say(line)
  const isPastMidnight = dayOf(startedAt) !== dayOf(Date.now())
  const output = targets.gateway.output()
  const known = { ...run, sent, rows, usage, budgets, neuronsUsed, upstream, output, isPastMidnight }
  return audit(known, targets.state)
}

const dayOf = (ms: number): number => Math.floor(ms / 86_400_000)

/** All keys of the run by the names that the audit calls them. */
function listSecrets(
  finder: SecretFinder,
  { secrets, prepared, output }: { secrets: UpstreamSecrets; prepared: Prepared; output: string },
): void {
  finder.add('admin key', secrets.adminKey)
  for (const [provider, secret] of Object.entries(secrets.ofOperator)) {
    finder.add(`operator's key for ${provider}`, secret)
  }
  for (const { org, provider, secret } of secrets.ofOrg) finder.add(`key of ${org} for ${provider}`, secret)
  for (const [name, { key }] of prepared.callers) if (key !== undefined) finder.add(`gateway key of ${name}`, key)
  const [, first] = /^key (gw_\S+)$/m.exec(output) ?? []
  if (first !== undefined) finder.add('first gateway key', first)
}

async function readUpstream(url: string): Promise<UpstreamRecord[]> {
  const response = await fetch(`${url}/__requests`)
  return JSON.parse(await response.text())
}

async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024
}
