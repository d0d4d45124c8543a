import { Button } from '@cloudflare/kumo/components/button'
import { DropdownMenu } from '@cloudflare/kumo/components/dropdown'
import { PlusIcon } from '@phosphor-icons/react'
import type { ReactElement } from 'react'
import { addElement } from './edit-elements.ts'
import { addableTypes, elementTypes, type ElementType } from './element-types.ts'
import { placeFor } from './place-for.ts'
import type { RouteDraft } from './use-route-draft.ts'

interface AddMenuProps {
  draft: RouteDraft
  selected: string | undefined
  onAdded(id: string): void
}

/** Adds an element behind the chosen one. */
export function AddMenu({ draft, selected, onAdded }: AddMenuProps): ReactElement {
  const place = placeFor(draft.elements, selected)
  const add = (type: ElementType): void => {
    const { elements, id } = addElement(draft.elements, type, place)
    draft.setElements(elements)
    onAdded(id)
  }
  return (
    <DropdownMenu>
      <DropdownMenu.Trigger render={<Button size="sm" icon={PlusIcon} />}>Add element</DropdownMenu.Trigger>
      <DropdownMenu.Content align="end">
        {addableTypes.map((type) => {
          const { title, icon, note } = elementTypes[type]
          return (
            <DropdownMenu.Item key={type} icon={icon} onClick={() => add(type)}>
              {title}
              <span className="ml-3 text-sm text-kumo-subtle">{note}</span>
            </DropdownMenu.Item>
          )
        })}
      </DropdownMenu.Content>
    </DropdownMenu>
  )
}
