import type { ReactElement } from 'react'
import { chooseTheme, theme } from '../../preferences/theme.ts'
import { timeZone } from '../../preferences/time-zone.ts'
import { Card } from '../../ui/card.tsx'
import { SelectField } from '../../ui/select-field.tsx'

/** What this browser remembers. */
export function PreferencesCard(): ReactElement {
  return (
    <Card title="This browser">
      <div className="grid max-w-140 gap-4 sm:grid-cols-2">
        <SelectField
          label="Appearance"
          value={theme.use()}
          onChange={chooseTheme}
          items={{ system: 'As the system', light: 'Light', dark: 'Dark' }}
        />
        <SelectField
          label="Times"
          description="Bills and daily limits count in UTC."
          value={timeZone.use()}
          onChange={timeZone.write}
          items={{ local: 'Of this computer', utc: 'UTC' }}
        />
      </div>
    </Card>
  )
}
