import { Button } from '@cloudflare/kumo/components/button'
import { Input } from '@cloudflare/kumo/components/input'
import { CursorClickIcon, TrashIcon } from '@phosphor-icons/react'
import { useState, type ReactElement } from 'react'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ConditionForm } from './condition-form.tsx'
import { removeElement, renameElement, setProperties } from './edit-elements.ts'
import { elementTypes, typeOf } from './element-types.ts'
import type { RouteNode } from './element.ts'
import { LimitForm } from './limit-form.tsx'
import { ModelForm } from './model-form.tsx'
import { OutputsForm } from './outputs-form.tsx'
import type { RouteDraft } from './use-route-draft.ts'

interface ElementPanelProps {
  draft: RouteDraft
  id: string | undefined
  gatewayId: string
  isReadOnly: boolean
  onSelect(id: string | undefined): void
}

/** The form of the chosen element. */
export function ElementPanel({ draft, id, isReadOnly, onSelect, gatewayId }: ElementPanelProps): ReactElement {
  const node = draft.elements.find((one) => one.id === id)
  if (!node) {
    return (
      <EmptyState icon={CursorClickIcon} title="No element chosen">
        Choose one in the graph to see and change what it does.
      </EmptyState>
    )
  }
  const type = typeOf(node)
  const remove = (): void => {
    draft.setElements(removeElement(draft.elements, node.id))
    onSelect(undefined)
  }
  const setProperty = (change: Readonly<Record<string, unknown>>): void =>
    draft.setElements(setProperties(draft.elements, node.id, change))
  return (
    <fieldset disabled={isReadOnly} className="flex min-w-0 flex-col gap-4">
      <div className="flex items-center gap-2">
        <h3 className="font-medium">{type ? elementTypes[type].title : node.type}</h3>
        <span className="text-sm text-kumo-subtle">{type && elementTypes[type].note}</span>
        {node.type !== 'start' && !isReadOnly && (
          <Button
            size="sm"
            variant="ghost"
            shape="square"
            className="ml-auto"
            icon={TrashIcon}
            aria-label={`Remove ${node.id}`}
            onClick={remove}
          />
        )}
      </div>
      <IdField
        key={node.id}
        id={node.id}
        taken={draft.elements.map((one) => one.id)}
        onRename={(next) => {
          draft.setElements(renameElement(draft.elements, node.id, next))
          onSelect(next)
        }}
      />
      {node.type === 'model' && (
        <ModelForm properties={node.properties ?? {}} onChange={setProperty} gatewayId={gatewayId} />
      )}
      {node.type === 'conditional' && (
        <ConditionForm
          key={`${node.id} conditions`}
          conditions={node.properties?.['conditions']}
          onChange={(conditions) => setProperty({ conditions })}
        />
      )}
      {node.type === 'rate' && <LimitForm properties={node.properties ?? {}} onChange={setProperty} />}
      {node.type !== 'end' && <OutputsForm draft={draft} node={node} />}
      <NodeMistakes draft={draft} node={node} />
    </fieldset>
  )
}

interface IdFieldProps {
  id: string
  taken: readonly string[]
  onRename(id: string): void
}

/** Takes the new id when the field is left, or with Enter. */
function IdField({ id, taken, onRename }: IdFieldProps): ReactElement {
  const [text, setText] = useState(id)
  const next = text.trim()
  const isTaken = next !== id && taken.includes(next)
  const rename = (): void => {
    if (next !== '' && next !== id && !isTaken) onRename(next)
    else setText(id)
  }
  return (
    <Input
      label="Id"
      className="w-full font-mono"
      value={text}
      {...(isTaken && { error: 'Another element has this id.' })}
      onChange={(event) => setText(event.target.value)}
      onBlur={rename}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  )
}

function NodeMistakes({ draft, node }: { draft: RouteDraft; node: RouteNode }): ReactElement | null {
  const mistakes = draft.mistakes.filter(({ element }) => element === node.id)
  if (mistakes.length === 0) return null
  return (
    <ul className="flex flex-col gap-1 rounded-lg bg-kumo-danger-tint px-3 py-2">
      {mistakes.map(({ path, message }) => (
        <li key={`${path} ${message}`} className="break-words">
          {message}
        </li>
      ))}
    </ul>
  )
}
