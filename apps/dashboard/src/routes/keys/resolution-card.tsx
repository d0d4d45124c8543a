import { Badge } from '@cloudflare/kumo/components/badge'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import { apiQuery } from '../../api/api-query.ts'
import { useSession } from '../../session/use-session.ts'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { KeysSearch } from './keys-search.ts'

type Level = Answer<'GET /key-resolution'>['data'][number]

interface ResolutionCardProps extends Pick<KeysSearch, 'provider' | 'user'> {
  onChange(change: KeysSearch): void
}

const everyone = '-'

/** For this user and provider, this key wins, and why: the same judgement that calls are made with. */
export function ResolutionCard({ provider = 'openai', user, onChange }: ResolutionCardProps): ReactElement {
  const { org } = useSession()
  const { data: providers } = useQuery(apiQuery('GET /providers', {}))
  const { data: members } = useQuery(apiQuery('GET /orgs/:org/members', { params: { org: org.id } }))
  const resolution = useQuery(
    apiQuery('GET /key-resolution', { query: { org_id: org.id, provider, ...(user && { user_id: user }) } }),
  )
  const people = Object.fromEntries((members?.data ?? []).map(({ user_id, name }) => [user_id, name]))
  const choices = Object.fromEntries((providers?.data ?? [{ id: provider }]).map(({ id }) => [id, id]))
  return (
    <Card title="Which key wins" note="six levels are asked in this order; whoever’s key it is pays">
      <div className="mb-5 grid max-w-140 gap-4 sm:grid-cols-2">
        <SelectField
          label="Provider"
          value={provider}
          onChange={(next) => onChange({ provider: next })}
          items={choices}
        />
        <SelectField
          label="Caller"
          value={user ?? everyone}
          onChange={(next) => onChange({ user: next === everyone ? undefined : next })}
          items={{ [everyone]: 'A key of the organisation', ...people }}
        />
      </div>
      {resolution.error && <ErrorNote error={resolution.error} onRetry={() => void resolution.refetch()} />}
      {resolution.isPending && <Skeleton className="h-80 w-full" />}
      {resolution.data && (
        <ol className="flex flex-col">
          {resolution.data.data.map((level, index) => (
            <LevelRow key={level.level} level={level} number={index + 1} />
          ))}
        </ol>
      )}
    </Card>
  )
}

const levelNames: Readonly<Record<Level['level'], string>> = {
  user: 'The user’s own key',
  org: 'A key of the organisation',
  system_tier: 'The gateway’s key for this tier',
  system: 'The gateway’s key for everyone',
  environment: 'A key of the environment',
  free: 'Free Workers AI',
}

const outcomes = {
  wins: { label: 'wins', variant: 'success' },
  available: { label: 'next if that fails', variant: 'info' },
  unusable: { label: 'cannot be used', variant: 'orange' },
  empty: { label: 'none', variant: 'secondary' },
  skipped: { label: 'does not apply', variant: 'secondary' },
} as const

function LevelRow({ level: { level, outcome, reason, keys }, number }: { level: Level; number: number }): ReactElement {
  const { label, variant } = outcomes[outcome]
  const isQuiet = outcome === 'empty' || outcome === 'skipped'
  return (
    <li className="flex gap-4 border-b border-kumo-hairline py-3 last:border-0">
      <span className="flex size-6 shrink-0 items-center justify-center rounded-full bg-kumo-fill text-sm tabular-nums">
        {number}
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className={isQuiet ? 'text-kumo-subtle' : 'font-medium'}>{levelNames[level]}</span>
          <Badge variant={variant}>{label}</Badge>
        </p>
        <p className="text-kumo-subtle">{reason}</p>
        {keys.length > 0 && (
          <ul className="mt-1.5 flex flex-col gap-1">
            {keys.map((key) => (
              <li key={key.id} className="text-sm">
                <span className="font-medium">{key.name}</span>{' '}
                {key.last_four && <code className="text-kumo-subtle">…{key.last_four}</code>}{' '}
                <span className="text-kumo-subtle">{key.reason}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  )
}
