import {
  BookOpenIcon,
  ClockIcon,
  KeyboardIcon,
  MonitorIcon,
  MoonIcon,
  ReceiptIcon,
  SignOutIcon,
  SunIcon,
  type Icon,
} from '@phosphor-icons/react'
import { pages, type PagePath } from '../pages.ts'

/** What a command does. */
export type CommandAction =
  | { kind: 'page'; path: PagePath }
  | { kind: 'log'; id: string }
  | { kind: 'theme'; theme: 'light' | 'dark' | 'system' }
  | { kind: 'time-zone' }
  | { kind: 'api-docs' }
  | { kind: 'help' }
  | { kind: 'sign-out' }

/** One line of the command palette. */
export interface Command {
  id: string
  title: string
  icon: Icon
  /** Further words that find it. */
  words: string
  keys?: readonly string[]
  action: CommandAction
}

export interface CommandGroup {
  label: string
  items: Command[]
}

const pageCommands: Command[] = pages.map(({ path, title, icon, words, shortcut }) => ({
  id: path,
  title,
  icon,
  words,
  keys: ['g', shortcut],
  action: { kind: 'page', path },
}))

const actions: Command[] = [
  { id: 'light', title: 'Light theme', icon: SunIcon, words: 'mode', action: { kind: 'theme', theme: 'light' } },
  { id: 'dark', title: 'Dark theme', icon: MoonIcon, words: 'mode', action: { kind: 'theme', theme: 'dark' } },
  {
    id: 'system',
    title: 'Theme of the system',
    icon: MonitorIcon,
    words: 'mode',
    action: { kind: 'theme', theme: 'system' },
  },
  {
    id: 'zone',
    title: 'Switch between local time and UTC',
    icon: ClockIcon,
    words: 'time zone',
    action: { kind: 'time-zone' },
  },
  { id: 'help', title: 'Keyboard shortcuts', icon: KeyboardIcon, words: 'keys', keys: ['?'], action: { kind: 'help' } },
  { id: 'api', title: 'API documentation', icon: BookOpenIcon, words: 'openapi rest', action: { kind: 'api-docs' } },
  { id: 'sign-out', title: 'Sign out', icon: SignOutIcon, words: 'log out leave', action: { kind: 'sign-out' } },
]

/** All commands; where the text looks like the id of a log row, opening it is the first. */
export function commandsFor(search: string): CommandGroup[] {
  const id = search.trim()
  const log: Command = { id: 'log', title: `Open log ${id}`, icon: ReceiptIcon, words: id, action: { kind: 'log', id } }
  return [
    ...(/^[\w-]{16,64}$/.test(id) ? [{ label: 'Logs', items: [log] }] : []),
    { label: 'Pages', items: pageCommands },
    { label: 'Actions', items: actions },
  ]
}

/** Those whose title or words have every typed word in them. */
export function matchCommands(groups: readonly CommandGroup[], search: string): CommandGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const matches = (command: Command): boolean => {
    const text = `${command.title} ${command.words}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
  return groups
    .map(({ label, items }) => ({ label, items: items.filter(matches) }))
    .filter(({ items }) => items.length > 0)
}
