import { formatPercent } from '../../format/number.ts'

interface Health {
  reason: string | null
  rests_until: number | null
  error_rates: Readonly<Record<string, number>>
}

const reasons: Readonly<Record<string, string>> = {
  rate_limit: 'rate-limited',
  failures: 'failed too often',
  missing: 'has no such model',
  probe: 'is being tried',
}

/** Why a target is as it is, and what fails there. */
export function healthReason(
  { reason, rests_until: until, error_rates }: Health,
  formatMoment: (at: number) => string,
): string {
  const rates = Object.entries(error_rates)
    .filter(([, share]) => share > 0)
    .toSorted(([, one], [, other]) => other - one)
    .map(([type, share]) => `${formatPercent(share)} ${type.replaceAll('_', ' ')}`)
  return [
    ...(reason === null ? [] : [reasons[reason] ?? reason]),
    ...(until === null ? [] : [`until ${formatMoment(until)}`]),
    ...rates,
  ].join(', ')
}
