import { cost, qualityOf, type Capability, type Usage } from '@gw/catalog'
import { idOf, rank, type Candidate } from '@gw/router'
import type { Deps } from '../deps.ts'
import type { LogRecord } from '../logs/log-record.ts'
import type { Payer } from '../steps/purse.ts'
import { questionOf } from './decide.ts'
import { listCandidates } from './list-candidates.ts'
import { qualityTaskOf } from './quality-task-of.ts'
import type { Measured } from './routable.ts'
import { routingPolicyOf } from './routing-policy.ts'
import type { RoutingSettings } from './routing-settings.ts'

export interface WhatIf {
  payer: Payer
  /** What the gateway would be set to. */
  policy: RoutingSettings
  /** Ms since the epoch; `to` is exclusive. */
  from: number
  to: number
  /** Most rows, the newest first. */
  limit: number
}

/** What a set of requests came to, or would have. */
export interface Side {
  cost_nano_usd: number
  /** Requests whose cost nobody knows. */
  unpriced: number
  /** Mean of the requests of which it is known; `null` where it is known of none. */
  average_ms: number | null
  ms_known_for: number
  average_quality: number | null
  models: Record<string, number>
}

/** Answered chat requests of a period, sent to whatever a policy would have chosen. Nobody is called. */
export async function whatIf({ payer, policy, from, to, limit }: WhatIf, deps: Deps) {
  const rows = (await readRows({ payer, from, to, limit }, deps)).filter(isReplayable)
  const gateway = { ...payer.gateway, settings: { ...payer.gateway.settings, routing: policy } }
  const full = routingPolicyOf({ name: 'auto', options: {} }, gateway)
  const typical = { needs: ['chat'], qualityTask: 'chat', inputTokens: 0, outputTokens: 0 } satisfies Measured
  const query = { task: 'chat', measured: typical, policy: full, payer: { ...payer, gateway }, options: {} } as const
  const candidates = (await listCandidates({ ...query, withoutKey: false }, deps)).map(withoutMoment)
  const speeds = speedsOf(rows)
  const [before, after] = [createSide(), createSide()]
  let [changed, unroutable, assumedNeeds] = [0, 0, 0]

  for (const row of rows) {
    const measured = measuredOf(row)
    if (!row.routing?.needs) assumedNeeds += 1
    const { chosen, ranked } = rank(questionOf(full, measured), candidates)
    if (chosen === undefined) unroutable += 1
    if (chosen === undefined) continue
    const was = `${row.provider}/${row.model}`
    if (chosen !== was) changed += 1
    before.add({
      id: was,
      nanoUsd: row.cost_nano_usd,
      ms: row.duration_ms,
      quality: qualityOf(row.model ?? '', 'chat')?.quality,
    })
    after.add({
      id: chosen,
      nanoUsd: chosen === was ? row.cost_nano_usd : costOf(row, chosen, { payer, candidates }),
      ms: chosen === was ? row.duration_ms : predictMs(row, speeds.get(chosen)),
      quality: ranked[0]?.quality.value,
    })
  }
  return {
    object: 'routing.what_if',
    strategy: full.strategy,
    requests: rows.length,
    changed,
    unroutable,
    assumed_needs: assumedNeeds,
    before: before.read(),
    after: after.read(),
  }
}

async function readRows({ payer, from, to, limit }: Omit<WhatIf, 'policy'>, { logs }: Deps): Promise<LogRecord[]> {
  const rows: LogRecord[] = []
  let cursor: string | undefined
  do {
    const query = { orgId: payer.caller.orgId, gatewayId: payer.gateway.id, from, to, cursor }
    const page = await logs.list({ ...query, limit: Math.min(1000, limit - rows.length) })
    rows.push(...page.data)
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined && rows.length < limit)
  return rows
}

const tasks: ReadonlySet<string> = new Set(['embeddings', 'rerank', 'moderations', 'count-tokens'])

const isReplayable = ({ success, provider, model, surface, cache_status }: LogRecord): boolean =>
  success && provider !== null && model !== null && cache_status !== 'HIT' && !tasks.has(surface)

/** Without what holds at this moment alone: what is free today, how a target is doing, what is left to spend. */
function withoutMoment({ health, obstacles, ...candidate }: Candidate): Candidate {
  const lasting = obstacles?.filter((obstacle) => obstacle !== 'budget' && obstacle !== 'neurons') ?? []
  const { status: _, restsUntil: __, reason: ___, ...speed } = health ?? { uptime: 1, samples: 0, status: 'unknown' }
  return {
    ...candidate,
    health: { ...speed, uptime: 1, status: 'healthy' },
    ...(lasting.length > 0 && { obstacles: lasting }),
  }
}

/** What the row says of its request; where it does not, what the usage gives away. */
function measuredOf({ routing, usage }: LogRecord): Measured {
  const guessed: Capability[] = [
    'chat',
    ...(usage.input_image ? (['vision'] as const) : []),
    ...(usage.input_audio ? (['audio_input'] as const) : []),
  ]
  const said = routing?.needs?.filter((need): need is Capability => need !== '')
  const needs = said ?? guessed
  return { needs, qualityTask: qualityTaskOf(needs), inputTokens: inputOf(usage), outputTokens: outputOf(usage) }
}

const inputOf = ({ input = 0, cache_read = 0, cache_write_5m = 0, cache_write_1h = 0, ...more }: Usage): number =>
  input + cache_read + cache_write_5m + cache_write_1h + (more.input_audio ?? 0) + (more.input_image ?? 0)

const outputOf = ({ output = 0, reasoning = 0, output_audio = 0, output_image = 0 }: Usage): number =>
  output + reasoning + output_audio + output_image

interface Market {
  payer: Payer
  candidates: readonly Candidate[]
}

/** Classes of tokens that the model does not price are priced as plain ones. */
function costOf({ usage, created_at: at }: LogRecord, id: string, { payer, candidates }: Market): number | null {
  const chosen = candidates.find((candidate) => idOf(candidate) === id)
  if (!chosen) return null
  if (chosen.usdPerMillion === 0) return 0
  const prices = { at, overrides: payer.account.prices }
  const plain = { input: inputOf(usage), output: outputOf(usage) }
  return (cost(usage, chosen, prices) ?? cost(plain, chosen, prices))?.nanoUsd ?? null
}

interface Speed {
  ms: number
  tokens: number
  count: number
}

/** How fast targets were in the period itself. */
function speedsOf(rows: readonly LogRecord[]): Map<string, Speed> {
  const speeds = new Map<string, Speed>()
  for (const { provider, model, duration_ms, usage } of rows) {
    const id = `${provider}/${model}`
    const { ms, tokens, count } = speeds.get(id) ?? { ms: 0, tokens: 0, count: 0 }
    speeds.set(id, { ms: ms + duration_ms, tokens: tokens + outputOf(usage), count: count + 1 })
  }
  return speeds
}

/** As long as the target took in the period for as many tokens; `null` where it answered nothing then. */
function predictMs({ usage }: LogRecord, speed: Speed | undefined): number | null {
  if (!speed) return null
  return speed.tokens === 0 ? speed.ms / speed.count : (speed.ms / speed.tokens) * outputOf(usage)
}

interface Counted {
  id: string
  nanoUsd: number | null
  ms: number | null
  quality: number | undefined
}

function createSide() {
  const counted: Counted[] = []
  const mean = (values: readonly number[]): number | null =>
    values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    add: (one: Counted) => void counted.push(one),
    read: (): Side => {
      const times = counted.flatMap(({ ms }) => (ms === null ? [] : [ms]))
      const models: Record<string, number> = {}
      for (const { id } of counted) models[id] = (models[id] ?? 0) + 1
      return {
        cost_nano_usd: counted.reduce((sum, { nanoUsd }) => sum + (nanoUsd ?? 0), 0),
        unpriced: counted.filter(({ nanoUsd }) => nanoUsd === null).length,
        average_ms: mean(times),
        ms_known_for: times.length,
        average_quality: mean(counted.flatMap(({ quality }) => quality ?? [])),
        models,
      }
    },
  }
}
