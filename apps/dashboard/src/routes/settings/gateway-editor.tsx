import { Input } from '@cloudflare/kumo/components/input'
import { Switch } from '@cloudflare/kumo/components/switch'
import { useState, type FormEvent, type ReactElement } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import { useWrite } from '../../api/use-write.ts'
import { useSession } from '../../session/use-session.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { WriteButton } from '../../ui/write-button.tsx'
import { toForm, toSettings, type GatewayForm } from './gateway-form.ts'

type Gateway = Answer<'GET /gateways'>['data'][number]

/** What a gateway is set to; routing has a page of its own. */
export function GatewayEditor({ gateway }: { gateway: Gateway }): ReactElement {
  const { org } = useSession()
  const [form, setForm] = useState(() => toForm(gateway.settings))
  const save = useWrite('PUT /gateways/:id', { invalidates: ['GET /gateways', 'GET /gateways/:id'], success: 'Saved' })
  const set = (change: Partial<GatewayForm>): void => setForm({ ...form, ...change })
  const text = (name: 'cache_ttl' | 'rate_limiting_limit' | 'rate_limiting_interval' | 'retry_max_attempts') => ({
    type: 'number',
    min: 0,
    value: form[name],
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const settings = toSettings(gateway.settings, form)
    save.mutate({ params: { id: gateway.id }, query: { org_id: org.id }, body: { settings } })
  }
  return (
    <form className="flex max-w-180 flex-col gap-5" onSubmit={submit}>
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <Switch
          label="Keep a log row of each request"
          checked={form.collect_logs}
          onCheckedChange={(isOn) => set({ collect_logs: isOn })}
        />
        <Switch
          label="Keep prompts and answers, sealed"
          checked={form.collect_log_payload}
          onCheckedChange={(isOn) => set({ collect_log_payload: isOn })}
        />
        <Switch
          label="Free Workers AI where no key is valid"
          checked={form.free_fallback}
          onCheckedChange={(isOn) => set({ free_fallback: isOn })}
        />
      </div>
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <Input
          label="Keep answers for, seconds"
          description="For equal requests. Empty: not at all."
          max={2_592_000}
          {...text('cache_ttl')}
        />
        <Input
          label="Tries of a target"
          description="One, unless it is said here or by the caller."
          max={5}
          {...text('retry_max_attempts')}
        />
        <Input
          label="Requests"
          description="Of everybody together. Empty: no limit."
          {...text('rate_limiting_limit')}
        />
        <Input label="Within, seconds" {...text('rate_limiting_interval')} />
      </div>
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <SelectField
          label="When a caller leaves"
          value={form.on_client_gone}
          onChange={(on_client_gone) => set({ on_client_gone })}
          items={{ drain: 'Read on to the usage', cancel: 'Cancel at once' }}
        />
        <SelectField
          label="When a stream breaks off"
          value={form.on_stream_error}
          onChange={(on_stream_error) => set({ on_stream_error })}
          items={{ error: 'Tell the caller', continue: 'Go on with another target' }}
        />
        <SelectField
          label="Past the day’s free neurons"
          value={form.neurons_past_limit}
          onChange={(neurons_past_limit) => set({ neurons_past_limit })}
          items={{ paid: 'Pay Workers AI’s price', error: 'Refuse' }}
        />
      </div>
      {save.error && <ErrorNote error={save.error} />}
      <div>
        <WriteButton needs="admin" type="submit" variant="primary" loading={save.isPending}>
          Save
        </WriteButton>
      </div>
    </form>
  )
}
