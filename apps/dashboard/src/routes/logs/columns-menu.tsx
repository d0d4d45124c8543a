import { Button } from '@cloudflare/kumo/components/button'
import { DropdownMenu } from '@cloudflare/kumo/components/dropdown'
import { ColumnsIcon } from '@phosphor-icons/react'
import type { ReactElement } from 'react'
import { chosenColumns, toggleColumn } from './chosen-columns.ts'
import { logColumns } from './log-columns.tsx'

/** Chooses the columns of the log. */
export function ColumnsMenu(): ReactElement {
  const chosen = chosenColumns.use()
  return (
    <DropdownMenu>
      <DropdownMenu.Trigger render={<Button icon={ColumnsIcon} />}>
        <span className="max-sm:sr-only">Columns</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content align="end" className="max-h-96 overflow-y-auto">
        {logColumns.map(({ id, label }) => (
          <DropdownMenu.CheckboxItem
            key={id}
            checked={chosen.includes(id)}
            onCheckedChange={() => chosenColumns.write(toggleColumn(chosen, id))}
          >
            {label}
          </DropdownMenu.CheckboxItem>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu>
  )
}
