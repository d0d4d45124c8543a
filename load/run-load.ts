import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { childOf } from '../bench/targets/process-tree.ts'
import { audit } from './audit/audit.ts'
import { createSecretFinder, type SecretFinder } from './audit/create-secret-finder.ts'
import type { Finding } from './audit/evidence.ts'
import { createAdminApi, type AdminApi } from './cast/admin-api.ts'
import { castFor, type Cast } from './cast/cast.ts'
import { setUpCast, type Prepared } from './cast/set-up-cast.ts'
import { runClients } from './clients/run-clients.ts'
import { collectEvidence } from './collect-evidence.ts'
import { formatSummary } from './format-summary.ts'
import { createPlan } from './plan/create-plan.ts'
import type { PlannedRequest } from './plan/plan.ts'
import { createSecrets, type UpstreamSecrets } from './targets/secrets.ts'
import { startTargets, type Targets } from './targets/targets.ts'
import { watchBudgets } from './watch-budgets.ts'

export interface LoadOptions {
  requests: number
  /** Requests at once. */
  concurrency: number
  seed: string
  /** Most that sending may take; what has not been sent by then is not. */
  minutes: number
  /** File that takes all that the audit was made of, as JSON; `undefined` keeps nothing. */
  saveTo: string | undefined
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

async function sendAndAudit(run: Run, plan: readonly PlannedRequest[]): Promise<Finding[]> {
  const { targets, api, finder, prepared, concurrency, minutes, say } = run
  const startedAt = Date.now()
  const watch = watchBudgets(prepared.budgets, api)
  try {
    const sent = await runClients({
      url: targets.gateway.url,
      plan,
      prepared,
      concurrency,
      until: startedAt + minutes * 60_000,
      findSecrets: finder.find,
      onProgress: (count) => say(`  ${count} sent after ${seconds(Date.now() - startedAt)}`),
    })
    const durationMs = Date.now() - startedAt
    if (sent.length < plan.length) say(`  stopped after ${minutes} minutes: ${plan.length - sent.length} were not sent`)
    const evidence = await collectEvidence({ ...run, sent, watch, startedAt, until: Date.now() + settleMs })
    const peakBytes = await peakOf(childOf(targets.gateway.pid, 'workerd'))
    await targets.stop()
    const { rows } = evidence
    for (const line of formatSummary({ sent, rows, durationMs, peakBytes })) say(line)
    const known = { ...evidence, output: targets.gateway.output() }
    if (run.saveTo !== undefined) await writeFile(run.saveTo, JSON.stringify(known))
    return await audit(known, targets.state)
  } finally {
    watch.stop()
  }
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

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

async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024
}
