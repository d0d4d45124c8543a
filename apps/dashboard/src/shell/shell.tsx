import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useState, type ReactElement } from 'react'
import { Sidebar } from './sidebar.tsx'
import { TopBar } from './top-bar.tsx'
import { useShortcuts } from './use-shortcuts.ts'

const CommandMenu = lazy(async () => ({ default: (await import('./command-menu.tsx')).CommandMenu }))
const ShortcutHelp = lazy(async () => ({ default: (await import('./shortcut-help.tsx')).ShortcutHelp }))

/** What surrounds every page: sidebar, command palette, shortcuts. */
export function Shell(): ReactElement {
  const [open, setOpen] = useState<'palette' | 'help' | 'menu' | undefined>()
  useShortcuts({ onPalette: () => setOpen('palette'), onHelp: () => setOpen('help') })
  const close = (): void => setOpen(undefined)
  return (
    <div className="min-h-dvh lg:pl-60">
      <a
        href="#main"
        className="sr-only z-50 rounded bg-kumo-base px-3 py-2 ring ring-kumo-line focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <TopBar onMenu={() => setOpen('menu')} onSearch={() => setOpen('palette')} />
      <Sidebar
        isDrawerOpen={open === 'menu'}
        onClose={close}
        onSearch={() => setOpen('palette')}
        onHelp={() => setOpen('help')}
      />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-[1480px] px-4 pt-5 pb-16 outline-none sm:px-6 lg:px-8"
      >
        <Outlet />
      </main>
      <Suspense>
        {open === 'palette' && <CommandMenu onClose={close} onHelp={() => setOpen('help')} />}
        {open === 'help' && <ShortcutHelp onClose={close} />}
      </Suspense>
    </div>
  )
}
