import { Input } from '@cloudflare/kumo/components/input'
import { cn } from '@cloudflare/kumo/utils'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, type ReactElement } from 'react'
import { apiQuery } from '../../api/api-query.ts'
import { api } from '../../api/api.ts'
import { useSession } from '../../session/use-session.ts'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { DecisionView } from './decision-view.tsx'
import { autoNames, needList, needNames, readChoice, taskNames, toQuestion } from './explain-question.ts'
import type { RouterSearch } from './router-search.ts'

interface ExplainCardProps {
  search: RouterSearch
  change(next: RouterSearch): void
}

/** What the router would choose for a request that is described, and why. */
export function ExplainCard({ search, change }: ExplainCardProps): ReactElement {
  const { org } = useSession()
  const question = useDeferredValue(toQuestion(search))
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['POST /router/explain', org.id, question],
    queryFn: ({ signal }) => api('POST /router/explain', { query: { org_id: org.id }, body: question, signal }),
    placeholderData: keepPreviousData,
  })
  return (
    <div className="flex flex-col gap-4">
      <Card title="A request" note="that leaves the choice to the gateway; nobody is called">
        <QuestionForm search={search} change={change} />
      </Card>
      {error ? (
        <ErrorNote error={error} onRetry={() => void refetch()} />
      ) : (
        <div className={cn('transition-opacity', isFetching && data && 'opacity-60')} aria-busy={isFetching}>
          {data ? <DecisionView decision={data} /> : <Skeleton className="h-96 w-full" />}
        </div>
      )}
    </div>
  )
}

const everyone = '-'

function QuestionForm({ search, change }: ExplainCardProps): ReactElement {
  const { org } = useSession()
  const { data: members } = useQuery(apiQuery('GET /orgs/:org/members', { params: { org: org.id } }))
  const { model, task, needs, input, output, user } = readChoice(search)
  const people = Object.fromEntries((members?.data ?? []).map(({ user_id: id, name }) => [id, name]))
  const toggle = (need: (typeof needList)[number]): void => {
    const next = needs.includes(need) ? needs.filter((one) => one !== need) : [...needs, need]
    change({ needs: next.join(',') || undefined })
  }
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-3">
        <SelectField
          label="Model"
          value={model}
          onChange={(next) => change({ model: next === 'auto' ? undefined : next })}
          items={autoNames}
        />
        <SelectField
          label="Task"
          value={task}
          onChange={(next) => change({ task: next === 'chat' ? undefined : next })}
          items={taskNames}
        />
        <Input
          className="w-32"
          label="Input tokens"
          inputMode="numeric"
          placeholder="1000"
          value={input}
          onChange={(event) => change({ input: event.target.value || undefined })}
        />
        <Input
          className="w-32"
          label="Output tokens"
          inputMode="numeric"
          placeholder="1000"
          value={output}
          onChange={(event) => change({ output: event.target.value || undefined })}
        />
        <SelectField
          label="Caller"
          value={user || everyone}
          onChange={(next) => change({ user: next === everyone ? undefined : next })}
          items={{ [everyone]: 'The organisation', ...people }}
        />
      </div>
      {task === 'chat' && (
        <div role="group" aria-label="Needs" className="flex flex-wrap items-center gap-2">
          <span className="mr-1 text-kumo-subtle">It needs</span>
          {needList.map((need) => (
            <button
              key={need}
              type="button"
              aria-pressed={needs.includes(need)}
              onClick={() => toggle(need)}
              className="h-7 cursor-pointer rounded-full px-3 text-sm ring ring-kumo-line hover:bg-kumo-tint aria-pressed:bg-kumo-brand aria-pressed:text-white aria-pressed:ring-kumo-brand"
            >
              {needNames[need]}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
