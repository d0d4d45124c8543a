import { Button } from '@cloudflare/kumo/components/button'
import { Input } from '@cloudflare/kumo/components/input'
import { TrashIcon } from '@phosphor-icons/react'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'
import { apiQuery } from '../../api/api-query.ts'
import { useWrite } from '../../api/use-write.ts'
import type { Model } from '../../models/all-models-query.ts'
import { useFormatTime } from '../../preferences/time-zone.ts'
import { useSession } from '../../session/use-session.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { WriteButton } from '../../ui/write-button.tsx'
import { Section } from '../logs/sheet/section.tsx'
import { describePrice, priceFields, pricesOfModel, toPrices, type OwnPrice, type PriceDraft } from './own-price.ts'

/** What the organisation pays in place of the catalog's prices. */
export function OwnPrices({ model }: { model: Model }): ReactElement {
  const { org, can } = useSession()
  const formatTime = useFormatTime()
  const { data, error, refetch } = useQuery(apiQuery('GET /prices', { query: { org_id: org.id } }))
  const [isSetting, setIsSetting] = useState(false)
  const [removed, setRemoved] = useState<OwnPrice>()
  const prices = pricesOfModel(data?.data ?? [], model)
  return (
    <Section title="Own price" note="in place of the catalog’s">
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-8 w-full" />}
      {data && prices.length === 0 && (
        <p className="mb-2 text-kumo-subtle">None: requests are billed at the catalog’s price.</p>
      )}
      <ul className="mb-2">
        {prices.map((price) => (
          <li key={price.id} className="flex min-h-9 items-center gap-2 border-b border-kumo-hairline">
            <span className="min-w-0 flex-1">{describePrice(price.prices)}</span>
            <span className="text-sm text-kumo-subtle">
              {price.from === 0 ? 'always' : `from ${formatTime(price.from, 'dayMinute')}`}
            </span>
            {can('admin') && (
              <Button
                size="sm"
                variant="ghost"
                shape="square"
                icon={TrashIcon}
                aria-label="Remove the price"
                onClick={() => setRemoved(price)}
              />
            )}
          </li>
        ))}
      </ul>
      <WriteButton needs="admin" size="sm" onClick={() => setIsSetting(true)}>
        Set a price
      </WriteButton>
      {isSetting && <PriceDialog model={model} onClose={() => setIsSetting(false)} />}
      {removed && <RemovePrice price={removed} onClose={() => setRemoved(undefined)} />}
    </Section>
  )
}

function PriceDialog({ model, onClose }: { model: Model; onClose(): void }): ReactElement {
  const { org } = useSession()
  const [draft, setDraft] = useState<PriceDraft>({
    input: String(model.input_per_million_usd ?? ''),
    output: String(model.output_per_million_usd ?? ''),
    cache_read: String(model.cache_read_per_million_usd ?? ''),
    cache_write_5m: String(model.cache_write_per_million_usd ?? ''),
  })
  const add = useWrite('POST /prices', {
    invalidates: ['GET /prices', 'GET /models'],
    success: 'Price set',
    onSuccess: onClose,
  })
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Price of ${model.id}`}
      description="US dollars a million tokens, for requests from now on. It takes the place of the catalog’s, whole: what is empty has no price then."
      submit="Set"
      onSubmit={() =>
        add.mutate({
          query: { org_id: org.id },
          body: { provider: model.provider, model: model.model, prices: toPrices(draft), from: Date.now() },
        })
      }
      isPending={add.isPending}
      error={add.error}
    >
      <div className="grid grid-cols-2 gap-3 *:min-w-0">
        {priceFields.map(({ name, label }) => (
          <Input
            key={name}
            className="w-full"
            label={label}
            type="number"
            min={0}
            step="any"
            value={draft[name]}
            onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
          />
        ))}
      </div>
    </FormDialog>
  )
}

function RemovePrice({ price, onClose }: { price: OwnPrice; onClose(): void }): ReactElement {
  const { org } = useSession()
  const remove = useWrite('DELETE /prices/:id', {
    invalidates: ['GET /prices', 'GET /models'],
    success: 'Price removed',
    onSuccess: onClose,
  })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Remove the own price of ${price.model}?`}
      confirm="Remove"
      isPending={remove.isPending}
      onConfirm={() => remove.mutate({ params: { id: price.id }, query: { org_id: org.id } })}
    >
      Requests are billed at the catalog’s price, from the next one on. Bills of the past stay as they are.
    </ConfirmDialog>
  )
}
