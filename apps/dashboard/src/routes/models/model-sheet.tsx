import { Badge } from '@cloudflare/kumo/components/badge'
import { Button } from '@cloudflare/kumo/components/button'
import { PlayIcon, XIcon } from '@phosphor-icons/react'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { formatDuration } from '../../format/duration.ts'
import { formatCount, formatPercent } from '../../format/number.ts'
import type { Model } from '../../models/all-models-query.ts'
import { HealthBadge } from '../../models/health-badge.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { SideSheet } from '../../ui/side-sheet.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Facts, type Fact } from '../logs/sheet/facts.tsx'
import { Section } from '../logs/sheet/section.tsx'
import { formatPrice } from './format-price.ts'
import { Speed } from './model-columns.tsx'
import { OwnPrices } from './own-prices.tsx'

interface ModelSheetProps {
  id: string
  model: Model | undefined
  isLoading: boolean
  onClose(): void
}

/** Everything that is known of a model. */
export function ModelSheet({ id, model, isLoading, onClose }: ModelSheetProps): ReactElement {
  return (
    <SideSheet isOpen onClose={onClose} title="Model" className="w-full md:w-[600px]">
      <header className="px-5 pt-4 pb-3">
        <div className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <h2 className="truncate text-lg font-semibold tracking-tight">{model?.model ?? id}</h2>
            <p className="text-sm text-kumo-subtle">{model?.provider}</p>
          </div>
          <Button variant="ghost" size="sm" shape="square" icon={XIcon} aria-label="Close" onClick={onClose} />
        </div>
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <CopyButton text={id} label="Copy name" />
          {model?.capabilities.includes('chat') && (
            <Link
              to="/playground"
              search={{ model: id }}
              className="inline-flex h-6.5 items-center gap-1 rounded-md bg-kumo-base px-2 text-xs ring ring-kumo-line hover:bg-kumo-tint"
            >
              <PlayIcon className="size-3.5" aria-hidden />
              Try in playground
            </Link>
          )}
        </div>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto border-t border-kumo-hairline p-5" tabIndex={0}>
        {model ? (
          <Parts model={model} />
        ) : isLoading ? (
          <Skeleton className="h-96" />
        ) : (
          <EmptyState icon={XIcon} title="The catalog has no such model">
            It may have been renamed. Search for it in the list.
          </EmptyState>
        )}
      </div>
    </SideSheet>
  )
}

function Parts({ model }: { model: Model }): ReactElement {
  const { capabilities, health } = model
  return (
    <>
      <Section title="What it can">
        <div className="flex flex-wrap gap-1.5">
          {capabilities.map((one) => (
            <Badge key={one} variant="secondary">
              {one.replaceAll('_', ' ')}
            </Badge>
          ))}
        </div>
      </Section>
      <Section title="Facts">
        <Facts facts={factsOf(model)} />
      </Section>
      <Section title="Catalog prices" note="US dollars a million tokens">
        <Facts facts={pricesOf(model)} />
      </Section>
      <OwnPrices model={model} />
      <Section title="Health" note="of the last minutes">
        {health ? (
          <Facts facts={healthOf(health)} />
        ) : (
          <p className="text-kumo-subtle">No attempt of the last minutes is known.</p>
        )}
      </Section>
    </>
  )
}

const tokens = (count: number | null): string => (count === null ? 'unknown' : `${formatCount(count)} tokens`)

function factsOf({
  context_window: context,
  max_output: output,
  quality,
  speed,
  in_default_pool: isInPool,
}: Model): Fact[] {
  return [
    { label: 'Context window', value: tokens(context) },
    { label: 'Longest output', value: tokens(output) },
    { label: 'Quality', value: quality ? `${quality.value.toFixed(1)} of 10` : 'unknown' },
    { label: 'Speed', value: <Speed speed={speed} /> },
    { label: 'Auto chooses it', value: isInPool ? 'yes' : 'only if a pool names it' },
    ...(quality ? [{ label: 'Judged by', value: <Source source={quality.source} /> }] : []),
  ]
}

/** The page that a judgement follows is a link. */
function Source({ source }: { source: string }): ReactElement {
  const [url] = /https?:\S+/.exec(source) ?? []
  if (url === undefined || !URL.canParse(url)) return <span title={source}>{source}</span>
  return (
    <a href={url} target="_blank" rel="noreferrer" className="underline" title={source}>
      {new URL(url).host}
    </a>
  )
}

function pricesOf(model: Model): Fact[] {
  return [
    { label: 'Input', value: formatPrice(model.input_per_million_usd) },
    { label: 'Output', value: formatPrice(model.output_per_million_usd) },
    { label: 'Cache read', value: formatPrice(model.cache_read_per_million_usd) },
    { label: 'Cache write', value: formatPrice(model.cache_write_per_million_usd) },
  ]
}

function healthOf({
  status,
  uptime,
  ttft_ms: first,
  tokens_per_second: speed,
  samples,
}: NonNullable<Model['health']>): Fact[] {
  return [
    { label: 'State', value: <HealthBadge status={status} /> },
    { label: 'Uptime', value: formatPercent(uptime) },
    { label: 'First output', value: formatDuration(first) },
    { label: 'Output speed', value: speed === null ? '–' : `${formatCount(speed)} tok/s` },
    { label: 'Measured answers', value: formatCount(samples) },
  ]
}
