import { Button } from '@cloudflare/kumo/components/button'
import { Input } from '@cloudflare/kumo/components/input'
import { Select } from '@cloudflare/kumo/components/select'
import { Switch } from '@cloudflare/kumo/components/switch'
import { CubeIcon } from '@phosphor-icons/react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, type ReactElement } from 'react'
import { formatCount } from '../../format/number.ts'
import { allModelsQuery, type Model } from '../../models/all-models-query.ts'
import { useSession } from '../../session/use-session.ts'
import { isTyping } from '../../shell/is-typing.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ModelSheet } from './model-sheet.tsx'
import { ModelTable } from './model-table.tsx'
import type { ModelsSearch } from './models-search.ts'
import { countBy, selectModels } from './select-models.ts'

const route = getRouteApi('/shell/models')

/** Every model that the gateway knows, what it costs and how it does. */
export function ModelsPage(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { org } = useSession()
  const { data, error, refetch } = useQuery({ ...allModelsQuery(org.id), refetchInterval: 60_000 })
  const change = (next: ModelsSearch): void =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true, resetScroll: false })
  const rows = useMemo(() => data && selectModels(data, search), [data, search])
  const isFiltered = [search.q, search.provider, search.capability, search.pool].some((one) => one !== undefined)
  const note =
    data &&
    rows &&
    (isFiltered ? `${formatCount(rows.length)} of ${formatCount(data.length)}` : formatCount(data.length))
  return (
    <>
      <PageHeader title="Models" description="Every model that the gateway knows, what it costs and how it does." />
      <Filters models={data ?? []} search={search} change={change} note={note} />
      {error && !data ? (
        <ErrorNote error={error} onRetry={() => void refetch()} />
      ) : (
        <Card isFlush>
          <ModelTable
            rows={rows}
            search={search}
            change={change}
            empty={
              <NoModels
                onClear={() => change({ q: undefined, provider: undefined, capability: undefined, pool: undefined })}
              />
            }
          />
        </Card>
      )}
      {search.model !== undefined && (
        <ModelSheet
          key={search.model}
          id={search.model}
          model={data?.find(({ id }) => id === search.model)}
          isLoading={data === undefined}
          onClose={() => change({ model: undefined })}
        />
      )}
    </>
  )
}

interface FiltersProps {
  models: readonly Model[]
  search: ModelsSearch
  change(next: ModelsSearch): void
  note: string | undefined
}

const any = '-'

function Filters({ models, search, change, note }: FiltersProps): ReactElement {
  const field = useRef<HTMLInputElement>(null)
  useSlash(field)
  const providers = useMemo(
    () => countBy(models, ({ provider }) => [provider]).toSorted(([one], [other]) => (one < other ? -1 : 1)),
    [models],
  )
  const capabilities = useMemo(() => countBy(models, (model) => model.capabilities), [models])
  const toItems = (anyName: string, counts: readonly (readonly [string, number])[], chosen: string | undefined) => ({
    [any]: anyName,
    ...(chosen !== undefined && { [chosen]: chosen }),
    ...Object.fromEntries(
      counts.map(([value, count]) => [value, `${value.replaceAll('_', ' ')} (${formatCount(count)})`]),
    ),
  })
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <Input
        ref={field}
        type="search"
        aria-label="Search models"
        placeholder="Search, such as gpt mini"
        className="min-w-0 flex-1 basis-56"
        value={search.q ?? ''}
        onChange={(event) => change({ q: event.target.value || undefined })}
      />
      <Select
        aria-label="Provider"
        value={search.provider ?? any}
        onValueChange={(next: string | null) => change({ provider: toChosen(next) })}
        items={toItems('Any provider', providers, search.provider)}
      />
      <Select
        aria-label="Capability"
        value={search.capability ?? any}
        onValueChange={(next: string | null) => change({ capability: toChosen(next) })}
        items={toItems('Any capability', capabilities, search.capability)}
      />
      <Switch
        size="sm"
        label="Only those that auto chooses among"
        checked={search.pool === '1'}
        onCheckedChange={(isOn) => change({ pool: isOn ? '1' : undefined })}
      />
      <p role="status" className="text-kumo-subtle tabular-nums">
        {note}
      </p>
    </div>
  )
}

const toChosen = (value: string | null): string | undefined => (value === null || value === any ? undefined : value)

/** `/` goes to the search. */
function useSlash(field: { current: HTMLInputElement | null }): void {
  useEffect(() => {
    const focus = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event.target)) return
      event.preventDefault()
      field.current?.focus()
    }
    window.addEventListener('keydown', focus)
    return () => window.removeEventListener('keydown', focus)
  }, [field])
}

function NoModels({ onClear }: { onClear(): void }): ReactElement {
  return (
    <EmptyState icon={CubeIcon} title="No model matches" actions={<Button onClick={onClear}>Clear the filters</Button>}>
      Models that the catalog does not know can be called all the same: name them provider/model, and give them a price.
    </EmptyState>
  )
}
