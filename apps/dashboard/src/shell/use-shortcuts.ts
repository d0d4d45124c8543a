import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { pages } from '../pages.ts'
import { isTyping } from './is-typing.ts'
import { createShortcutReader } from './shortcuts.ts'

interface ShortcutHandlers {
  onPalette(): void
  onHelp(): void
}

/** Listens for the shortcuts that work on every page. */
export function useShortcuts({ onPalette, onHelp }: ShortcutHandlers): void {
  const navigate = useNavigate()
  const act = useEffectEvent((event: KeyboardEvent, read: ReturnType<typeof createShortcutReader>) => {
    if (event.defaultPrevented || event.altKey) return
    const action = read({
      key: event.key,
      isCommand: event.ctrlKey || event.metaKey,
      isTyping: isTyping(event.target),
      at: event.timeStamp,
    })
    if (!action) return
    event.preventDefault()
    if (action.kind === 'palette') return onPalette()
    if (action.kind === 'help') return onHelp()
    const page = pages.find(({ shortcut }) => shortcut === action.shortcut)
    if (page) void navigate({ to: page.path })
  })
  useEffect(() => {
    const read = createShortcutReader()
    const listen = (event: KeyboardEvent): void => act(event, read)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
