import { Button } from '@cloudflare/kumo/components/button'
import { Checkbox } from '@cloudflare/kumo/components/checkbox'
import { Input, InputArea } from '@cloudflare/kumo/components/input'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent, ReactElement } from 'react'
import { api } from '../../api/api.ts'
import { useSession } from '../../session/use-session.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import type { RouteScope } from './route-header.tsx'
import { readTrial, type TrialDraft } from './trial.ts'
import { useSaveVersion } from './use-save-version.ts'
import type { RouteTest } from './route-page.tsx'
import { WalkView } from './walk-view.tsx'

/** Tries where a request would go; nobody is called. */
export function TestPanel({ test, ...scope }: RouteScope & { test: RouteTest }): ReactElement {
  const { trial, setTrial, walk, setWalk } = test
  const { gatewayId, name, draft, version } = scope
  const { org, can } = useSession()
  const { keep } = useSaveVersion(scope)
  const read = readTrial(trial)
  const run = useMutation({
    mutationFn: async () => {
      if (!read.ok) throw new Error(read.mistake)
      const kept = await keep()
      return api('POST /gateways/:id/routes/:route/dry-run', {
        params: { id: gatewayId, route: name },
        query: { org_id: org.id },
        body: { ...read.trial, ...(kept !== undefined && { version: kept }) },
      })
    },
    onSuccess: setWalk,
    onError: () => setWalk(undefined),
  })
  const mayRun = read.ok && draft.isValid && (!draft.isChanged || can('admin')) && version !== undefined
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    run.mutate()
  }
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      <TrialFields trial={trial} onChange={setTrial} />
      <Failing trial={trial} onChange={setTrial} draft={draft} />
      {!read.ok && <p className="text-kumo-danger">{read.mistake}</p>}
      {!draft.isValid && (
        <p className="text-kumo-subtle">The route has mistakes, or is being looked at. A test needs it valid.</p>
      )}
      <Button type="submit" variant="primary" className="self-start" disabled={!mayRun} loading={run.isPending}>
        {draft.isChanged ? 'Save as draft and run' : 'Run'}
      </Button>
      {run.error && <ErrorNote error={run.error} />}
      {walk && <WalkView walk={walk} />}
    </form>
  )
}

interface TrialFieldsProps {
  trial: TrialDraft
  onChange(trial: TrialDraft): void
}

function TrialFields({ trial, onChange }: TrialFieldsProps): ReactElement {
  const area = (name: 'metadata' | 'body' | 'headers', label: string, placeholder: string): ReactElement => (
    <InputArea
      label={label}
      rows={2}
      className="font-mono text-xs"
      spellCheck={false}
      placeholder={placeholder}
      value={trial[name]}
      onChange={(event) => onChange({ ...trial, [name]: event.target.value })}
    />
  )
  return (
    <>
      {area('metadata', 'Metadata', '{"plan": "pro"}')}
      {area('body', 'Body', '{"max_tokens": 50}')}
      {area('headers', 'Headers', '{"x-team": "search"}')}
      <div className="grid grid-cols-2 gap-3 *:min-w-0">
        <Input
          className="w-full"
          label="Tier of the caller"
          placeholder="free"
          value={trial.plan}
          onChange={(event) => onChange({ ...trial, plan: event.target.value })}
        />
        <Input
          className="w-full"
          label="Sticky key"
          placeholder="user-1"
          value={trial.stickyKey}
          onChange={(event) => onChange({ ...trial, stickyKey: event.target.value })}
        />
      </div>
    </>
  )
}

function Failing({ trial, onChange, draft }: TrialFieldsProps & Pick<RouteScope, 'draft'>): ReactElement {
  const able = draft.elements.filter(({ type }) => type === 'model' || type === 'rate')
  const toggle = (id: string, isFailing: boolean): void =>
    onChange({ ...trial, failing: isFailing ? [...trial.failing, id] : trial.failing.filter((one) => one !== id) })
  return (
    <fieldset>
      <legend className="mb-2 font-medium">Let fail, or be reached</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        {able.map(({ id }) => (
          <Checkbox
            key={id}
            label={id}
            checked={trial.failing.includes(id)}
            onCheckedChange={(isChecked: boolean) => toggle(id, isChecked)}
          />
        ))}
      </div>
    </fieldset>
  )
}
