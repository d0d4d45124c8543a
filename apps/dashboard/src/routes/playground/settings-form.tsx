import { Button } from '@cloudflare/kumo/components/button'
import { Input, InputArea } from '@cloudflare/kumo/components/input'
import type { ReactElement } from 'react'
import { mistakeInTools, sampleTool, type Settings } from './settings.ts'

interface SettingsFormProps {
  settings: Settings
  onChange(settings: Settings): void
}

/** What is sent beside the conversation. */
export function SettingsForm({ settings, onChange }: SettingsFormProps): ReactElement {
  const set = (change: Partial<Settings>): void => onChange({ ...settings, ...change })
  const mistake = mistakeInTools(settings.tools)
  return (
    <div className="flex flex-col gap-4">
      <InputArea
        label="System prompt"
        rows={4}
        value={settings.system}
        placeholder="You are a helpful assistant."
        onChange={(event) => set({ system: event.target.value })}
      />
      <div className="grid grid-cols-2 gap-3 *:min-w-0">
        <Input
          label="Temperature"
          className="w-full"
          type="number"
          min={0}
          max={2}
          step={0.1}
          placeholder="default"
          value={settings.temperature}
          onChange={(event) => set({ temperature: event.target.value })}
        />
        <Input
          label="Max tokens"
          className="w-full"
          type="number"
          min={1}
          placeholder="default"
          value={settings.maxTokens}
          onChange={(event) => set({ maxTokens: event.target.value })}
        />
      </div>
      <div>
        <InputArea
          label="Tools"
          description="JSON, as chat completions take them. You answer the calls yourself."
          rows={settings.tools === '' ? 3 : 12}
          className="font-mono text-xs"
          spellCheck={false}
          value={settings.tools}
          {...(mistake !== undefined && { error: mistake })}
          onChange={(event) => set({ tools: event.target.value })}
        />
        {settings.tools === '' && (
          <Button size="sm" className="mt-2" onClick={() => set({ tools: sampleTool })}>
            Insert an example
          </Button>
        )}
      </div>
    </div>
  )
}
