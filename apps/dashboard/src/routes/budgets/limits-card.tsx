import { useQuery } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'
import { apiQuery } from '../../api/api-query.ts'
import { formatCount } from '../../format/number.ts'
import { useFormatTime } from '../../preferences/time-zone.ts'
import { useSession } from '../../session/use-session.ts'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { UsedBar } from '../../ui/used-bar.tsx'

const limitNames: Readonly<Record<string, string>> = {
  requests_per_day: 'Requests today (UTC)',
  requests_per_minute: 'Requests this minute',
  tokens_per_minute: 'Tokens this minute',
}
const everyone = '-'

/** What is used of a caller's tier just now. */
export function LimitsCard(): ReactElement {
  const { org } = useSession()
  const formatTime = useFormatTime()
  const [userId, setUserId] = useState(everyone)
  const { data: members } = useQuery(apiQuery('GET /orgs/:org/members', { params: { org: org.id } }))
  const limits = useQuery({
    ...apiQuery('GET /limits', { query: { org_id: org.id, ...(userId !== everyone && { user_id: userId }) } }),
    refetchInterval: 15_000,
  })
  const people = Object.fromEntries((members?.data ?? []).map(({ user_id, name }) => [user_id, name]))
  const { tier, principal, data } = limits.data ?? {}
  return (
    <Card
      title="Limits in use"
      note={
        tier
          ? `tier ${tier.name}, shared by ${principal?.kind === 'org' ? 'the organisation' : 'this user'}`
          : undefined
      }
    >
      <div className="mb-4 max-w-72">
        <SelectField
          label="Caller"
          value={userId}
          onChange={setUserId}
          items={{ [everyone]: 'The organisation', ...people }}
        />
      </div>
      {limits.error && <ErrorNote error={limits.error} onRetry={() => void limits.refetch()} />}
      {limits.isPending && <Skeleton className="h-6 w-64" />}
      {limits.data && data?.length === 0 && <p className="text-kumo-subtle">This tier has no limits.</p>}
      {limits.data && !data && <p className="text-kumo-subtle">{limits.data.warning}</p>}
      <dl className="grid gap-3 sm:grid-cols-[14rem_1fr]">
        {(data ?? []).map(({ id, limit, used, resets_at }) => (
          <div key={id} className="contents">
            <dt className="text-kumo-subtle">{limitNames[id] ?? id}</dt>
            <dd className="flex flex-wrap items-center gap-x-3">
              <UsedBar
                label={limitNames[id] ?? id}
                used={used}
                limit={limit}
                text={`${formatCount(used)} of ${formatCount(limit)}`}
              />
              {resets_at !== null && (
                <span className="text-sm text-kumo-subtle">anew at {formatTime(resets_at, 'dayMinute')}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
