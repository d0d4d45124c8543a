import type { useNavigate } from '@tanstack/react-router'
import { chooseTheme } from '../preferences/theme.ts'
import { timeZone } from '../preferences/time-zone.ts'
import type { Command } from './commands.ts'

interface CommandTools {
  navigate: ReturnType<typeof useNavigate>
  signOut(): void
  onHelp(): void
}

/** Does what a command says. */
export function useRunCommand({ navigate, signOut, onHelp }: CommandTools): (command: Command) => void {
  return ({ action }) => {
    if (action.kind === 'page') return void navigate({ to: action.path })
    if (action.kind === 'log') return void navigate({ to: '/logs', search: { log: action.id } })
    if (action.kind === 'theme') return chooseTheme(action.theme)
    if (action.kind === 'time-zone') return timeZone.write(timeZone.read() === 'utc' ? 'local' : 'utc')
    if (action.kind === 'api-docs') return void window.open('/api/docs', '_blank', 'noopener')
    if (action.kind === 'help') return onHelp()
    return signOut()
  }
}
