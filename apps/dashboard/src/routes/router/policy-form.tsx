import { Input, InputArea } from '@cloudflare/kumo/components/input'
import { Switch } from '@cloudflare/kumo/components/switch'
import { cn } from '@cloudflare/kumo/utils'
import { CaretRightIcon } from '@phosphor-icons/react'
import type { ReactElement, ReactNode } from 'react'
import { defaultWeights, weightNames, type PolicyDraft } from './policy-draft.ts'
import { OverrideRows, TermsRows } from './policy-rows.tsx'
import { strategies, strategyNames, strategyNotes } from './strategy-words.ts'

interface PolicyFormProps {
  draft: PolicyDraft
  onChange(draft: PolicyDraft): void
  isReadOnly?: boolean
}

/** How a gateway chooses: strategy, weights, and what a model must be. */
export function PolicyForm({ draft, onChange, isReadOnly = false }: PolicyFormProps): ReactElement {
  const set = (change: Partial<PolicyDraft>): void => onChange({ ...draft, ...change })
  const hasWeights = draft.strategy === '' || draft.strategy === 'balanced'
  return (
    <fieldset disabled={isReadOnly} className="flex min-w-0 flex-col gap-5">
      <StrategyChoice draft={draft} set={set} />
      <div className={cn('grid grid-cols-3 items-end gap-3 *:min-w-0', !hasWeights && 'hidden')}>
        {weightNames.map((name) => (
          <Input
            key={name}
            className="w-full"
            label={`Weight of ${name}`}
            type="number"
            min={0}
            max={100}
            step="any"
            placeholder={String(defaultWeights[name])}
            value={draft.weights[name]}
            onChange={(event) => set({ weights: { ...draft.weights, [name]: event.target.value } })}
          />
        ))}
      </div>
      <Part title="What a model must be" isOpen={hasConstraints(draft)}>
        <Constraints draft={draft} set={set} />
      </Part>
      <Part title="Pool" isOpen={draft.models !== ''}>
        <InputArea
          label="Only these models"
          description="One a line, provider/model. Empty: the catalog’s, at every provider for which there is a key."
          rows={4}
          className="font-mono text-xs"
          spellCheck={false}
          value={draft.models}
          onChange={(event) => set({ models: event.target.value })}
        />
      </Part>
      <Part title="What you know better" isOpen={draft.overrides.length + draft.providers.length > 0}>
        <OverrideRows rows={draft.overrides} onChange={(overrides) => set({ overrides })} />
        <TermsRows rows={draft.providers} onChange={(providers) => set({ providers })} />
      </Part>
    </fieldset>
  )
}

function hasConstraints(draft: PolicyDraft): boolean {
  const { maxPrice, minQuality, context, capabilities, regions, allow, deny, isZeroRetention } = draft
  return (
    isZeroRetention || [maxPrice, minQuality, context, capabilities, regions, allow, deny].some((text) => text !== '')
  )
}

interface PartProps {
  draft: PolicyDraft
  set(change: Partial<PolicyDraft>): void
}

function StrategyChoice({ draft, set }: PartProps): ReactElement {
  return (
    <fieldset>
      <legend className="mb-2 font-medium">Strategy</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {strategies.map((strategy) => {
          const isChosen = draft.strategy === strategy || (draft.strategy === '' && strategy === 'balanced')
          return (
            <label
              key={strategy}
              className={cn(
                'flex cursor-pointer gap-3 rounded-lg px-3 py-2 ring ring-kumo-line has-focus-visible:outline-2 has-focus-visible:outline-kumo-brand',
                isChosen ? 'bg-kumo-tint ring-kumo-brand' : 'hover:bg-kumo-tint',
              )}
            >
              <input
                type="radio"
                className="mt-1 accent-kumo-brand"
                checked={isChosen}
                onChange={() => set({ strategy })}
              />
              <span>
                <span className="block font-medium">{strategyNames[strategy]}</span>
                <span className="block text-sm text-kumo-subtle">{strategyNotes[strategy]}</span>
              </span>
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}

function Part({ title, isOpen, children }: { title: string; isOpen: boolean; children: ReactNode }): ReactElement {
  return (
    <details open={isOpen} className="group border-t border-kumo-hairline pt-3">
      <summary className="flex cursor-pointer list-none items-center gap-1.5 rounded font-medium">
        <CaretRightIcon className="size-3.5 text-kumo-subtle transition-transform group-open:rotate-90" aria-hidden />
        {title}
      </summary>
      <div className="mt-3 flex flex-col gap-4">{children}</div>
    </details>
  )
}

function Constraints({ draft, set }: PartProps): ReactElement {
  const number = (name: 'maxPrice' | 'minQuality' | 'context', label: string, placeholder: string): ReactElement => (
    <Input
      className="w-full"
      label={label}
      type="number"
      min={0}
      step="any"
      placeholder={placeholder}
      value={draft[name]}
      onChange={(event) => set({ [name]: event.target.value })}
    />
  )
  const lines = (
    name: 'capabilities' | 'regions' | 'allow' | 'deny',
    label: string,
    placeholder: string,
  ): ReactElement => (
    <InputArea
      label={label}
      rows={2}
      className="font-mono text-xs"
      spellCheck={false}
      placeholder={placeholder}
      value={draft[name]}
      onChange={(event) => set({ [name]: event.target.value })}
    />
  )
  return (
    <>
      <div className="grid gap-3 *:min-w-0 sm:grid-cols-3">
        {number('maxPrice', 'At most $ a million tokens', 'any')}
        {number('minQuality', 'At least quality, 0–10', 'any')}
        {number('context', 'At least context, tokens', 'any')}
      </div>
      <div className="grid gap-3 *:min-w-0 sm:grid-cols-2">
        {lines('capabilities', 'It can', 'tools\nvision')}
        {lines('regions', 'It runs in one of', 'eu')}
        {lines('allow', 'Only these', 'openai\nanthropic/claude-*')}
        {lines('deny', 'None of these', '*/*-preview')}
      </div>
      <Switch
        label="It is known to keep nothing (zero retention)"
        checked={draft.isZeroRetention}
        onCheckedChange={(isZeroRetention) => set({ isZeroRetention })}
      />
    </>
  )
}
