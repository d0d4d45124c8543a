import type { Load } from '../load/run-load.ts'
import type { Targets } from '../targets/targets.ts'
import { callOf, gatewayCall, peerFallbackCall, universalCall, type Ask, type TargetId } from './calls.ts'
import type { Comparison, Figure, Scenario, Variant } from './scenario.ts'

interface Row {
  id: string
  title: string
  figure: Figure
  ask: Ask
  load: Load
  atMost: number
}

const closed = (requests: number, concurrency: number): Load => ({ kind: 'closed', requests, concurrency })

/** The scenarios that put one and the same request to every target. */
const rows: readonly Row[] = [
  {
    id: 'chat-json',
    title: 'chat JSON, same format',
    figure: 'cpu-per-1000',
    ask: { script: 'short' },
    load: closed(240, 8),
    atMost: 1.5,
  },
  {
    id: 'chat-translated',
    title: 'chat JSON, OpenAI caller, Anthropic upstream',
    figure: 'cpu-per-1000',
    ask: { script: 'short', upstream: 'anthropic' },
    load: closed(240, 8),
    atMost: 1.8,
  },
  {
    id: 'body-64k',
    title: '64 KB request',
    figure: 'cpu-per-1000',
    ask: { script: 'short', padding: 65_000 },
    load: closed(160, 8),
    atMost: 1.6,
  },
  {
    id: 'stream-paced',
    title: 'same-format stream, paced',
    figure: 'cpu-per-chunk',
    ask: { script: 'paced', stream: true, includeUsage: true },
    load: closed(32, 32),
    atMost: 1.3,
  },
  {
    id: 'stream-paced-no-usage',
    title: 'same-format stream, paced, usage not asked for',
    figure: 'cpu-per-chunk',
    ask: { script: 'paced', stream: true },
    load: closed(32, 32),
    atMost: 1.3,
  },
  {
    id: 'stream-full',
    title: 'same-format stream, full speed',
    figure: 'cpu-per-chunk',
    ask: { script: 'long', stream: true, includeUsage: true },
    load: closed(16, 4),
    atMost: 1.3,
  },
  {
    id: 'stream-full-no-usage',
    title: 'same-format stream, full speed, usage not asked for',
    figure: 'cpu-per-chunk',
    ask: { script: 'long', stream: true },
    load: closed(16, 4),
    atMost: 1.3,
  },
  {
    id: 'stream-translated',
    title: 'translated stream, full speed',
    figure: 'cpu-per-chunk',
    ask: { script: 'long', stream: true, includeUsage: true, upstream: 'anthropic' },
    load: closed(16, 4),
    atMost: 4,
  },
  {
    id: 'added-latency',
    title: 'added latency at 120/s',
    figure: 'added-p50',
    ask: { script: 'short' },
    load: { kind: 'rate', requests: 100, perSecond: 120 },
    atMost: 1.35,
  },
  {
    id: 'first-token',
    title: 'added time to first token, paced stream',
    figure: 'added-first',
    ask: { script: 'first', stream: true, includeUsage: true },
    load: closed(16, 2),
    atMost: 1.3,
  },
]

/** Ids of every scenario, in the order in which they run. */
export const scenarioIds: readonly string[] = [...rows.map(({ id }) => id), 'fallback', 'cold-start', 'size']

/** The scenarios that are measured under load. */
export function listScenarios(targets: Targets): Scenario[] {
  return [...rows.map((row) => toScenario(row, targets)), fallback(targets)]
}

function toScenario({ ask, atMost, ...row }: Row, targets: Targets): Scenario {
  const isAdded = row.figure === 'added-p50' || row.figure === 'added-first'
  const ids: TargetId[] = ['null', 'gw', 'peer', 'null-alone', 'gw-alone']
  const called = isAdded ? (['direct', ...ids] as const) : ids
  const variants = called.flatMap((id): Variant[] => {
    const call = callOf(id, ask, targets)
    return call ? [{ label: id, pid: targets[id]?.pid ?? 0, call }] : []
  })
  const comparisons: Comparison[] = [
    { of: 'gw', to: 'null', atMost },
    { of: 'gw-alone', to: 'null-alone', atMost },
    ...(targets.peer ? [{ of: 'peer', to: 'null-alone' }] : []),
  ]
  return { ...row, variants, comparisons }
}

/** Retries and fallbacks are configured, and the first attempt succeeds: what readiness costs. */
function fallback(targets: Targets): Scenario {
  const ask: Ask = { script: 'short' }
  const { gw, peer, 'gw-alone': alone } = targets
  const retries = { 'cf-aig-max-attempts': '3' }
  const peerPlain = callOf('peer', ask, targets)
  const peerFallback = peerFallbackCall(ask, targets)
  const peers: Variant[] =
    peer && peerPlain && peerFallback
      ? [
          { label: 'peer', pid: peer.pid, call: peerPlain },
          { label: 'peer fallback', pid: peer.pid, call: peerFallback },
        ]
      : []
  const [firstPeer, secondPeer] = peers
  return {
    id: 'fallback',
    title: 'fallback and retries configured',
    figure: 'cpu-per-1000',
    load: closed(160, 8),
    variants: [
      { label: 'gw', pid: gw.pid, call: gatewayCall(ask, gw) },
      { label: 'gw-alone', pid: alone.pid, call: gatewayCall(ask, alone) },
      ...(firstPeer ? [firstPeer] : []),
      { label: 'gw retries', pid: gw.pid, call: gatewayCall(ask, gw, retries) },
      { label: 'gw-alone retries', pid: alone.pid, call: gatewayCall(ask, alone, retries) },
      ...(secondPeer ? [secondPeer] : []),
      { label: 'gw universal', pid: gw.pid, call: universalCall(ask, targets) },
    ],
    comparisons: [
      { of: 'gw retries', to: 'gw', atMost: 1.1 },
      { of: 'gw-alone retries', to: 'gw-alone', atMost: 1.1 },
      { of: 'gw universal', to: 'gw', atMost: 1.1 },
      ...(peers.length > 0 ? [{ of: 'peer fallback', to: 'peer' }] : []),
    ],
  }
}
