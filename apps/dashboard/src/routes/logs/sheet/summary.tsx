import { WarningIcon } from '@phosphor-icons/react'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { LogRow } from '../../../api/wire.ts'
import { formatQuery } from '../../../filters/format-query.ts'
import { formatDuration } from '../../../format/duration.ts'
import { formatMoney } from '../../../format/money.ts'
import { formatCount } from '../../../format/number.ts'
import { useNames } from '../../../names/use-names.ts'
import { AttemptsChart } from './attempts-chart.tsx'
import { BillTable } from './bill-table.tsx'
import { Facts, type Fact } from './facts.tsx'
import { IdText } from './id-text.tsx'
import { RoutingView } from './routing-view.tsx'
import { Section } from './section.tsx'
import { speedOf } from './speed-of.ts'

/** Everything about a request but its bodies. */
export function Summary({ row }: { row: LogRow }): ReactElement {
  return (
    <>
      {row.warnings.length > 0 && <Warnings warnings={row.warnings} />}
      <Section title="Answer">
        <Facts facts={answerFacts(row)} />
      </Section>
      <Section title="Attempts" note={row.attempts.length === 0 ? 'no provider was called' : undefined}>
        <AttemptsChart row={row} />
      </Section>
      <Section title="Cost" note={row.price_version ?? undefined}>
        <BillTable row={row} />
      </Section>
      {row.routing && (
        <Section title="Why this model">
          <RoutingView routing={row.routing} />
        </Section>
      )}
      <Section title="Caller">
        <CallerFacts row={row} />
      </Section>
      {Object.keys(row.metadata).length > 0 && (
        <Section title="Metadata">
          <Metadata metadata={row.metadata} />
        </Section>
      )}
    </>
  )
}

function answerFacts(row: LogRow): Fact[] {
  const speed = speedOf(row)
  return [
    { label: 'Provider', value: row.provider ?? '–' },
    { label: 'Model', value: row.model ?? '–' },
    { label: 'Asked for', value: row.requested_model ?? '–' },
    { label: 'Ending', value: row.ending.replaceAll('_', ' ') },
    { label: 'Duration', value: formatDuration(row.duration_ms) },
    { label: 'First token', value: formatDuration(row.ttft_ms) },
    { label: 'Speed', value: speed === undefined ? '–' : `${formatCount(speed)} tokens/s` },
    { label: 'Streamed', value: row.stream ? 'yes' : 'no' },
    { label: 'Cache', value: cacheOf(row) },
    { label: 'Key', value: row.key_source ?? '–' },
  ]
}

function cacheOf({ cache_status: status, saved_nano_usd: saved, saved_ms: savedMs }: LogRow): string {
  if (status === null) return 'not asked'
  if (status === 'MISS') return 'miss'
  return `hit, saved ${formatMoney(saved)} and ${formatDuration(savedMs)}`
}

function CallerFacts({ row }: { row: LogRow }): ReactElement {
  const names = useNames()
  return (
    <Facts
      facts={[
        { label: 'Gateway key', value: names('gateway_key_id', row.gateway_key_id) },
        { label: 'User', value: names('user_id', row.user_id) },
        { label: 'Gateway', value: row.gateway_id },
        { label: 'Provider key', value: names('provider_key_id', row.provider_key_id) },
        { label: 'Surface', value: row.surface },
        { label: 'Path', value: <span title={row.path}>{row.path}</span> },
        { label: 'Log id', value: <IdText id={row.id} label="log id" /> },
        { label: 'Event id', value: <IdText id={row.event_id} label="event id" /> },
      ]}
    />
  )
}

function Metadata({ metadata }: { metadata: LogRow['metadata'] }): ReactElement {
  return (
    <ul className="flex flex-wrap gap-1.5">
      {Object.entries(metadata).map(([name, value]) => (
        <li key={name}>
          <Link
            to="/logs"
            search={{
              q: formatQuery({ filters: [{ key: `metadata.${name}`, operator: 'eq', value: [value] }], words: '' }),
            }}
            className="inline-flex rounded-md bg-kumo-tint px-2 py-0.5 text-sm hover:underline"
          >
            <span className="text-kumo-subtle">{name}:&nbsp;</span>
            {String(value)}
          </Link>
        </li>
      ))}
    </ul>
  )
}

function Warnings({ warnings }: { warnings: readonly string[] }): ReactElement {
  return (
    <ul className="mb-6 flex flex-col gap-1.5 rounded-lg bg-kumo-warning-tint p-3 ring ring-kumo-warning/40">
      {warnings.map((warning) => (
        <li key={warning} className="flex gap-2">
          <WarningIcon className="mt-0.5 size-4 shrink-0 text-kumo-warning" aria-hidden />
          <span className="min-w-0 break-words">{warning}</span>
        </li>
      ))}
    </ul>
  )
}
