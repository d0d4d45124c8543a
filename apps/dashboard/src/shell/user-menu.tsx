import { DropdownMenu } from '@cloudflare/kumo/components/dropdown'
import { CaretUpDownIcon, KeyboardIcon, MonitorIcon, MoonIcon, SignOutIcon, SunIcon } from '@phosphor-icons/react'
import type { ReactElement } from 'react'
import { chooseTheme, theme, type Theme } from '../preferences/theme.ts'
import { timeZone } from '../preferences/time-zone.ts'
import type { TimeZone } from '../format/time.ts'
import { useSession } from '../session/use-session.ts'
import { useSignOut } from '../session/use-sign-out.ts'

const themes = [
  { value: 'light', label: 'Light', icon: SunIcon },
  { value: 'dark', label: 'Dark', icon: MoonIcon },
  { value: 'system', label: 'As the system', icon: MonitorIcon },
] as const satisfies readonly { value: Theme; label: string; icon: unknown }[]

const zones = [
  { value: 'local', label: 'Times of this browser' },
  { value: 'utc', label: 'Times in UTC' },
] as const satisfies readonly { value: TimeZone; label: string }[]

/** Who is signed in, how they like the page, and the way out. */
export function UserMenu({ onHelp }: { onHelp(): void }): ReactElement {
  const { user, org, isOperator } = useSession()
  const signOut = useSignOut()
  const chosenTheme = theme.use()
  const chosenZone = timeZone.use()
  return (
    <div className="border-t border-kumo-hairline p-3">
      <DropdownMenu>
        <DropdownMenu.Trigger className="flex w-full cursor-pointer items-center gap-2.5 rounded-md px-2 py-1.5 text-left hover:bg-kumo-tint">
          <span
            className="flex size-7 items-center justify-center rounded-full bg-kumo-fill text-xs font-semibold"
            aria-hidden
          >
            {initialsOf(user?.name ?? 'Operator')}
          </span>
          <span className="min-w-0 flex-1 leading-tight">
            <span className="block truncate font-medium">{user?.name ?? 'Operator'}</span>
            <span className="block truncate text-xs text-kumo-subtle">{isOperator ? 'operator' : org.role}</span>
          </span>
          <CaretUpDownIcon className="size-3.5 text-kumo-subtle" aria-hidden />
        </DropdownMenu.Trigger>
        <DropdownMenu.Content side="top" align="start" className="w-54">
          <DropdownMenu.Group>
            <DropdownMenu.Label>Theme</DropdownMenu.Label>
            {themes.map(({ value, label, icon }) => (
              <DropdownMenu.Item
                key={value}
                icon={icon}
                selected={value === chosenTheme}
                onClick={() => chooseTheme(value)}
              >
                {label}
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Group>
          <DropdownMenu.Separator />
          {zones.map(({ value, label }) => (
            <DropdownMenu.Item key={value} selected={value === chosenZone} onClick={() => timeZone.write(value)}>
              {label}
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Separator />
          <DropdownMenu.Item icon={KeyboardIcon} onClick={onHelp}>
            Keyboard shortcuts
          </DropdownMenu.Item>
          <DropdownMenu.Item icon={SignOutIcon} onClick={signOut}>
            Sign out
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu>
    </div>
  )
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.[0]?.toUpperCase() ?? '').join('')
}
