import { CommandPalette } from '@cloudflare/kumo/components/command-palette'
import { useNavigate } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'
import { useSignOut } from '../session/use-sign-out.ts'
import { Kbd } from '../ui/kbd.tsx'
import { commandsFor, matchCommands, type Command, type CommandGroup } from './commands.ts'
import { useRunCommand } from './use-run-command.ts'

interface CommandMenuProps {
  onClose(): void
  onHelp(): void
}

/** Finds pages, actions and log rows by typing. */
export function CommandMenu({ onClose, onHelp }: CommandMenuProps): ReactElement {
  const [search, setSearch] = useState('')
  const run = useRunCommand({ navigate: useNavigate(), signOut: useSignOut(), onHelp })
  const choose = (command: Command): void => {
    onClose()
    run(command)
  }
  const groups = matchCommands(commandsFor(search), search)
  return (
    <CommandPalette.Root
      open
      onOpenChange={(open) => !open && onClose()}
      items={groups}
      value={search}
      onValueChange={setSearch}
      itemToStringValue={(group: CommandGroup) => group.label}
      onSelect={choose}
      getSelectableItems={(all: CommandGroup[]) => all.flatMap(({ items }) => items)}
    >
      <CommandPalette.Input placeholder="Go to a page, do something, or paste a log id" />
      <CommandPalette.List>
        <CommandPalette.Results>
          {(group: CommandGroup) => (
            <CommandPalette.Group key={group.label} items={group.items}>
              <CommandPalette.GroupLabel>{group.label}</CommandPalette.GroupLabel>
              <CommandPalette.Items>
                {(command: Command) => (
                  <CommandPalette.Item key={command.id} value={command} onClick={() => choose(command)}>
                    <span className="flex flex-1 items-center gap-3">
                      <command.icon className="size-4 text-kumo-subtle" aria-hidden />
                      <span className="flex-1">{command.title}</span>
                      {command.keys?.map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </span>
                  </CommandPalette.Item>
                )}
              </CommandPalette.Items>
            </CommandPalette.Group>
          )}
        </CommandPalette.Results>
        <CommandPalette.Empty>Nothing is called that</CommandPalette.Empty>
      </CommandPalette.List>
    </CommandPalette.Root>
  )
}
