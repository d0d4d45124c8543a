import type { Decision } from '@gw/router'
import type { Measured } from './routable.ts'

/** A decision in the words of the API. */
export function toPublicDecision(
  { strategy, chosen, decidedBy, ranked, rejected }: Decision,
  { needs, inputTokens, outputTokens }: Measured,
) {
  return {
    object: 'routing.decision',
    strategy,
    chosen: chosen ?? null,
    decided_by: decidedBy ?? null,
    needs: [...needs],
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    ranked: ranked.map(
      ({ id, provider, model, score, quality, speed, usdPerMillion, healthPenalty, uptime, health }) => ({
        id,
        provider,
        model,
        score: round(score),
        quality: { ...quality },
        speed: { value: round(speed.value), from: speed.from },
        usd_per_million: usdPerMillion === undefined ? null : round(usdPerMillion),
        health,
        uptime: round(uptime),
        health_penalty: round(healthPenalty),
      }),
    ),
    rejected: rejected.map(({ id, provider, model, reasons }) => ({
      id,
      provider,
      model,
      reasons: reasons.map(({ code, message, until }) => ({ code, message, ...(until !== undefined && { until }) })),
    })),
  }
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000
