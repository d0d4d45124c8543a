import { gatewayFaults } from './gateway-fault-rows.ts'
import {
  providerFaults,
  type CallerSees,
  type HealthSays,
  type MoneySays,
  type ProviderFault,
} from './provider-fault-rows.ts'

const callers: Readonly<Record<CallerSees, string>> = {
  answer: 'the whole answer',
  error: 'an error in its own format',
  'error event': 'an error event in the stream',
}

const moneys: Readonly<Record<MoneySays, string>> = {
  reported: 'what the provider reports',
  estimated: 'estimated from what was sent and delivered',
  free: 'nothing',
  'given up': 'nothing',
  unknown: '`null`: nobody knows',
}

const budgets: Readonly<Record<MoneySays, string>> = {
  reported: 'the cost',
  estimated: 'the cost',
  free: 'nothing',
  'given up': 'what was reserved',
  unknown: 'what was reserved',
}

const healths: Readonly<Record<Extract<HealthSays, string>, string>> = {
  success: 'a success',
  failure: 'a failure',
  noted: 'no failure',
  nothing: 'not counted',
}

/** `docs/faults.md`, from the same rows that the tests check. */
export function faultDocument(): string {
  return `# Faults

What happens when something breaks: to the caller, the log row, the money, the budget and the limit. This page is written by
\`pnpm --filter @gw/worker faults\` from the rows that the tests in \`apps/worker/test/faults\` check inside workerd, with real
D1, queues and Durable Objects; a test fails when it is stale.

In every case there is exactly one row (unless it says otherwise), what was set aside is settled once, and the limit counts
one permit for the request, whatever becomes of it.

## The provider fails

One target, no retries. Checked for callers of the provider's own format and of another one. \`stream\` says whether the
caller asked for a stream. What a failed attempt was is in the row's \`attempts\`. \`health\` is what the target's health
hears of it: a failure lowers its uptime, and five within a minute make it rest ([routing](routing.md#health)). The key is the
last of the gateway's own, unless the row says that it is the caller's.

${table(['fault', 'stream', 'status', 'caller sees', 'ending', 'error type', 'cost in the row', 'budget', 'health'], providerFaults.map(providerRow))}

## The gateway or its caller fails

${table(
  ['fault', 'caller sees', 'row', 'money', 'budget', 'limit'],
  gatewayFaults.map(({ what, caller, row, money, budget, limit }) => [what, caller, row, money, budget, limit]),
)}

Bytes that are split anywhere, clients that stop reading and bodies of 240 MB are tested end to end besides
(\`apps/worker/e2e\`).
`
}

function providerRow({ what, stream, status, caller, ending, errorType, money, health }: ProviderFault): string[] {
  const type = errorType === null ? '–' : `\`${errorType}\``
  return [
    what,
    stream ? 'yes' : 'no',
    String(status),
    callers[caller],
    `\`${ending}\``,
    type,
    moneys[money],
    budgets[money],
    typeof health === 'string' ? healths[health] : `rests ${health.restsSeconds} s`,
  ]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
