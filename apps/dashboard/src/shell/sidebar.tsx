import { MagnifyingGlassIcon } from '@phosphor-icons/react'
import { lazy, Suspense, useState, type ReactElement } from 'react'
import { Kbd } from '../ui/kbd.tsx'
import { Navigation } from './navigation.tsx'
import { OrganisationSwitcher } from './organisation-switcher.tsx'
import { UserMenu } from './user-menu.tsx'
import { Wordmark } from './wordmark.tsx'

const SideSheet = lazy(async () => ({ default: (await import('../ui/side-sheet.tsx')).SideSheet }))

interface SidebarProps {
  isDrawerOpen: boolean
  onClose(): void
  onSearch(): void
  onHelp(): void
}

/** All pages: a column beside them, or a drawer where the window is narrow. */
export function Sidebar({ isDrawerOpen, onClose, onSearch, onHelp }: SidebarProps): ReactElement {
  const [wasOpen, setWasOpen] = useState(false)
  if (isDrawerOpen && !wasOpen) setWasOpen(true)
  const content = (
    <>
      <div className="flex h-13 shrink-0 items-center px-3">
        <Wordmark />
      </div>
      <div className="flex flex-col gap-2 px-3 pb-2">
        <OrganisationSwitcher />
        <SearchButton onSearch={onSearch} />
      </div>
      <Navigation onNavigate={onClose} />
      <UserMenu onHelp={onHelp} />
    </>
  )
  return (
    <>
      <aside className="fixed inset-y-0 left-0 z-20 hidden w-60 flex-col border-r border-kumo-hairline bg-kumo-base lg:flex">
        {content}
      </aside>
      <Suspense>
        {wasOpen && (
          <SideSheet isOpen={isDrawerOpen} onClose={onClose} title="Menu" side="left" className="w-72">
            {content}
          </SideSheet>
        )}
      </Suspense>
    </>
  )
}

function SearchButton({ onSearch }: { onSearch(): void }): ReactElement {
  return (
    <button
      type="button"
      onClick={onSearch}
      className="flex h-8 cursor-pointer items-center gap-2 rounded-md bg-kumo-recessed px-2.5 text-kumo-subtle hover:text-kumo-default"
    >
      <MagnifyingGlassIcon className="size-4" aria-hidden />
      <span className="flex-1 text-left">Search</span>
      <Kbd>Ctrl K</Kbd>
    </button>
  )
}
