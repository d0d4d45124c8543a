import { Dialog } from '@cloudflare/kumo/components/dialog'
import type { ReactElement } from 'react'
import { pages } from '../pages.ts'
import { Kbd } from '../ui/kbd.tsx'

const general = [
  { keys: ['Ctrl', 'K'], label: 'Search pages and actions' },
  { keys: ['/'], label: 'Go to the filters' },
  { keys: ['?'], label: 'This help' },
]
const lists = [
  { keys: ['j'], label: 'Next row' },
  { keys: ['k'], label: 'Row before' },
  { keys: ['Enter'], label: 'Open the row' },
  { keys: ['Esc'], label: 'Close' },
]

/** Lists the keyboard shortcuts. */
export function ShortcutHelp({ onClose }: { onClose(): void }): ReactElement {
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog size="lg" className="p-6">
        <Dialog.Title className="text-lg font-semibold">Keyboard shortcuts</Dialog.Title>
        <div className="mt-4 grid gap-x-8 gap-y-5 sm:grid-cols-2">
          <div className="flex flex-col gap-5">
            <List title="Everywhere" items={general} />
            <List title="In lists" items={lists} />
          </div>
          <List title="Go to" items={pages.map(({ title, shortcut }) => ({ keys: ['g', shortcut], label: title }))} />
        </div>
      </Dialog>
    </Dialog.Root>
  )
}

function List({
  title,
  items,
}: {
  title: string
  items: readonly { keys: readonly string[]; label: string }[]
}): ReactElement {
  return (
    <section>
      <h3 className="pb-1 text-xs text-kumo-subtle">{title}</h3>
      <dl>
        {items.map(({ keys, label }) => (
          <div key={label} className="flex h-7 items-center justify-between">
            <dt>{label}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
