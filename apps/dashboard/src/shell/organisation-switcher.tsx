import { DropdownMenu } from '@cloudflare/kumo/components/dropdown'
import { BuildingsIcon, CaretUpDownIcon } from '@phosphor-icons/react'
import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { lastOrganisation, useSession } from '../session/use-session.ts'

/** Chooses whose numbers the pages show. */
export function OrganisationSwitcher(): ReactElement {
  const { organisations, org } = useSession()
  const navigate = useNavigate()
  const choose = (id: string): void => {
    lastOrganisation.write(id)
    void navigate({ to: '.', search: (search) => ({ ...search, org: id }) })
  }
  return (
    <DropdownMenu>
      <DropdownMenu.Trigger className="flex h-9 w-full cursor-pointer items-center gap-2 rounded-md px-2.5 text-left ring ring-kumo-line hover:bg-kumo-tint">
        <BuildingsIcon className="size-4 text-kumo-subtle" aria-hidden />
        <span className="min-w-0 flex-1 truncate font-medium">{org.name}</span>
        <CaretUpDownIcon className="size-3.5 text-kumo-subtle" aria-label="Change organisation" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Content className="max-h-96 overflow-y-auto">
        {organisations.map(({ id, name }) => (
          <DropdownMenu.Item key={id} selected={id === org.id} onClick={() => choose(id)}>
            {name}
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu>
  )
}
