import { Input } from '@cloudflare/kumo/components/input'
import type { ReactElement } from 'react'
import { useModelSuggestions } from '../../models/use-model-suggestions.ts'
import { SuggestField } from '../../ui/suggest-field.tsx'
import { splitModel } from './split-model.ts'

interface PropertiesFormProps {
  properties: Readonly<Record<string, unknown>>
  onChange(change: Readonly<Record<string, unknown>>): void
}

/** Which model, how long to wait for it, and how often to try. */
export function ModelForm({
  properties,
  onChange,
  gatewayId,
}: PropertiesFormProps & { gatewayId: string }): ReactElement {
  const suggestions = useModelSuggestions(gatewayId).filter(({ value }) => !/^(?:auto|dynamic\/)/.test(value))
  const { provider = '', model = '', timeout, retries } = properties
  const name = [provider, model].filter((part) => part !== '').join('/')
  const number = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text))
  return (
    <>
      <SuggestField
        label="Model"
        value={name}
        placeholder="provider/model"
        suggestions={suggestions}
        onChange={(next) => onChange(splitModel(next))}
      />
      <div className="grid grid-cols-2 gap-3 *:min-w-0">
        <Input
          className="w-full"
          label="Timeout, ms"
          type="number"
          min={0}
          placeholder="the gateway’s"
          value={String(timeout ?? '')}
          onChange={(event) => onChange({ timeout: number(event.target.value) })}
        />
        <Input
          className="w-full"
          label="Retries"
          type="number"
          min={0}
          max={5}
          placeholder="as asked"
          value={String(retries ?? '')}
          onChange={(event) => onChange({ retries: number(event.target.value) })}
        />
      </div>
    </>
  )
}
