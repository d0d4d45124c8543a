import { Button } from '@cloudflare/kumo/components/button'
import { Dialog } from '@cloudflare/kumo/components/dialog'
import { DropdownMenu } from '@cloudflare/kumo/components/dropdown'
import { Input } from '@cloudflare/kumo/components/input'
import { BookmarkSimpleIcon, TrashIcon } from '@phosphor-icons/react'
import { useState, type FormEvent, type ReactElement } from 'react'
import type { LogsSearch } from './logs-search.ts'
import { savedViews, withView, type SavedView } from './saved-views.ts'

interface ViewsMenuProps {
  search: LogsSearch
  onChoose(view: SavedView): void
}

/** Searches that this browser keeps. */
export function ViewsMenu({ search, onChoose }: ViewsMenuProps): ReactElement {
  const views = savedViews.use()
  const [isNaming, setIsNaming] = useState(false)
  return (
    <>
      <DropdownMenu>
        <DropdownMenu.Trigger render={<Button icon={BookmarkSimpleIcon} />}>
          <span className="max-sm:sr-only">Views</span>
        </DropdownMenu.Trigger>
        <DropdownMenu.Content align="end">
          {views.map((view) => (
            <DropdownMenu.Item key={view.name} selected={view.q === (search.q ?? '')} onClick={() => onChoose(view)}>
              {view.name}
            </DropdownMenu.Item>
          ))}
          {views.length > 0 && <DropdownMenu.Separator />}
          <DropdownMenu.Item icon={BookmarkSimpleIcon} onClick={() => setIsNaming(true)}>
            Save this view
          </DropdownMenu.Item>
          {views.some(({ q }) => q === (search.q ?? '')) && (
            <DropdownMenu.Item
              icon={TrashIcon}
              variant="danger"
              onClick={() => savedViews.write(views.filter(({ q }) => q !== (search.q ?? '')))}
            >
              Forget this view
            </DropdownMenu.Item>
          )}
        </DropdownMenu.Content>
      </DropdownMenu>
      {isNaming && <NameDialog search={search} onClose={() => setIsNaming(false)} />}
    </>
  )
}

function NameDialog({ search, onClose }: { search: LogsSearch; onClose(): void }): ReactElement {
  const [name, setName] = useState('')
  const save = (event: FormEvent): void => {
    event.preventDefault()
    const { q = '', range, from, to } = search
    savedViews.write(withView(savedViews.read(), { name: name.trim(), q, range, from, to }))
    onClose()
  }
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog className="p-6">
        <Dialog.Title className="mb-4 text-lg font-semibold">Save this view</Dialog.Title>
        <form onSubmit={save} className="flex flex-col gap-5">
          <Input
            label="Name"
            required
            maxLength={60}
            value={name}
            description="Kept in this browser, with its filters and its time."
            onChange={(event) => setName(event.target.value)}
          />
          <div className="flex justify-end gap-2">
            <Dialog.Close render={<Button type="button">Cancel</Button>} />
            <Button type="submit" variant="primary" disabled={name.trim() === ''}>
              Save
            </Button>
          </div>
        </form>
      </Dialog>
    </Dialog.Root>
  )
}
