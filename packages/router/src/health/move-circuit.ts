import { countsAgainstUptime } from './counts-against-uptime.ts'
import { fade } from './fade.ts'
import { healthRules } from './health-rules.ts'
import type { Circuit } from './health-state.ts'
import type { Outcome } from './outcome.ts'

/** What an outcome makes of the circuit; `latest` is the latest end that was seen, this outcome's included. */
export function moveCircuit(circuit: Circuit, outcome: Outcome, latest: number): Circuit {
  return circuit.restsUntil === undefined
    ? moveClosed(circuit, outcome, latest)
    : moveOpen(circuit, circuit.restsUntil, outcome)
}

function moveClosed(circuit: Circuit, outcome: Outcome, latest: number): Circuit {
  const { closedAt = -Infinity } = circuit
  // It is news from before the circuit was closed.
  if (outcome.at <= closedAt) return circuit
  const weight = fade(1, latest - outcome.at, healthRules.circuitHalfLifeMs)
  if (outcome.ok) return { ...circuit, ok: circuit.ok + weight }
  if (!countsAgainstUptime(outcome.type)) return circuit

  const failed = circuit.failed + weight
  const isMany = Math.round(failed) >= healthRules.openingFailures
  const isMost = failed >= healthRules.openingShare * (failed + circuit.ok)
  if (!isMany || !isMost) return { ...circuit, failed }
  return openCircuit(latest - closedAt < healthRules.forgetAfterMs ? circuit.trips + 1 : 1, latest)
}

function moveOpen(circuit: Circuit, restsUntil: number, outcome: Outcome): Circuit {
  const { probe, ...rest } = circuit
  const isProbe = probe !== undefined && outcome.probedAt === probe.at
  // What began before the rest, or failed during it, says nothing of the time after it.
  if (outcome.at < restsUntil && !isProbe) return circuit
  if (outcome.ok) return { ok: 0, failed: 0, trips: circuit.trips, closedAt: outcome.at }
  if (countsAgainstUptime(outcome.type)) return openCircuit(circuit.trips + 1, Math.max(outcome.at, restsUntil))
  return isProbe ? rest : circuit
}

function openCircuit(trips: number, at: number): Circuit {
  const { firstRestMs, longestRestMs } = healthRules
  return { ok: 0, failed: 0, trips, restsUntil: at + Math.min(firstRestMs * 2 ** (trips - 1), longestRestMs) }
}
