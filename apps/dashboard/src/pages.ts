import {
  BellIcon,
  ChartLineUpIcon,
  ChatTeardropTextIcon,
  ClockCounterClockwiseIcon,
  CpuIcon,
  CubeIcon,
  GearIcon,
  KeyIcon,
  ListMagnifyingGlassIcon,
  PathIcon,
  ShuffleIcon,
  UsersIcon,
  WalletIcon,
  type Icon,
} from '@phosphor-icons/react'

/** A page of the sidebar. */
export interface Page {
  path: string
  title: string
  icon: Icon
  group: string
  /** After `g`. */
  shortcut: string
  /** Further words that find it in the command palette. */
  words: string
}

/** All pages, in the order of the sidebar. */
export const pages = [
  {
    path: '/',
    title: 'Overview',
    icon: ChartLineUpIcon,
    group: 'Observe',
    shortcut: 'o',
    words: 'analytics spend cost',
  },
  { path: '/logs', title: 'Logs', icon: ListMagnifyingGlassIcon, group: 'Observe', shortcut: 'l', words: 'requests' },
  {
    path: '/playground',
    title: 'Playground',
    icon: ChatTeardropTextIcon,
    group: 'Build',
    shortcut: 'p',
    words: 'try chat',
  },
  { path: '/models', title: 'Models', icon: CubeIcon, group: 'Build', shortcut: 'm', words: 'providers prices health' },
  {
    path: '/router',
    title: 'Router',
    icon: ShuffleIcon,
    group: 'Build',
    shortcut: 'r',
    words: 'strategy what-if explain',
  },
  { path: '/routes', title: 'Routes', icon: PathIcon, group: 'Build', shortcut: 't', words: 'dynamic graph versions' },
  {
    path: '/keys',
    title: 'Keys',
    icon: KeyIcon,
    group: 'Control',
    shortcut: 'k',
    words: 'gateway provider secrets byok',
  },
  {
    path: '/people',
    title: 'People',
    icon: UsersIcon,
    group: 'Control',
    shortcut: 'u',
    words: 'users members roles invite',
  },
  {
    path: '/budgets',
    title: 'Budgets & limits',
    icon: WalletIcon,
    group: 'Control',
    shortcut: 'b',
    words: 'tiers rate money',
  },
  { path: '/neurons', title: 'Neurons', icon: CpuIcon, group: 'Control', shortcut: 'n', words: 'workers ai allowance' },
  { path: '/alerts', title: 'Alerts', icon: BellIcon, group: 'Operate', shortcut: 'a', words: 'rules channels events' },
  {
    path: '/audit',
    title: 'Audit',
    icon: ClockCounterClockwiseIcon,
    group: 'Operate',
    shortcut: 'i',
    words: 'history changes',
  },
  {
    path: '/settings',
    title: 'Settings',
    icon: GearIcon,
    group: 'Operate',
    shortcut: 's',
    words: 'gateway cache retention',
  },
] as const satisfies readonly Page[]

export type PagePath = (typeof pages)[number]['path']
