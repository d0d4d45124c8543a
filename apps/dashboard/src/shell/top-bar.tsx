import { Button } from '@cloudflare/kumo/components/button'
import { ListIcon, MagnifyingGlassIcon } from '@phosphor-icons/react'
import type { ReactElement } from 'react'
import { Wordmark } from './wordmark.tsx'

interface TopBarProps {
  onMenu(): void
  onSearch(): void
}

/** Stands in for the sidebar where there is no room for it. */
export function TopBar({ onMenu, onSearch }: TopBarProps): ReactElement {
  return (
    <header className="sticky top-0 z-20 flex h-13 items-center gap-2 border-b border-kumo-hairline bg-kumo-base px-3 lg:hidden">
      <Button variant="ghost" shape="square" icon={ListIcon} aria-label="Open the menu" onClick={onMenu} />
      <Wordmark />
      <span className="flex-1" />
      <Button variant="ghost" shape="square" icon={MagnifyingGlassIcon} aria-label="Search" onClick={onSearch} />
    </header>
  )
}
