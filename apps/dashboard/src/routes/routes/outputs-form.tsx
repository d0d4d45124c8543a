import { Button } from '@cloudflare/kumo/components/button'
import { Input } from '@cloudflare/kumo/components/input'
import { PlusIcon, TrashIcon } from '@phosphor-icons/react'
import { useState, type ReactElement } from 'react'
import { SelectField } from '../../ui/select-field.tsx'
import { connect, renameOutput } from './edit-elements.ts'
import type { RouteNode } from './element.ts'
import type { RouteDraft } from './use-route-draft.ts'

interface OutputsFormProps {
  draft: RouteDraft
  node: RouteNode
}

const names: Readonly<Record<string, string>> = {
  next: 'Goes to',
  true: 'If it holds',
  false: 'If not',
  success: 'If it works',
  fallback: 'If it fails, or is reached',
}
const optional: ReadonlySet<string> = new Set(['fallback'])
const nowhere = '(nowhere)'

/** Where an element leads. */
export function OutputsForm({ draft, node }: OutputsFormProps): ReactElement {
  const hasFallback = node.type === 'model' || node.type === 'rate'
  const outputs = [...Object.keys(node.outputs), ...(hasFallback && !node.outputs['fallback'] ? ['fallback'] : [])]
  const isSplit = node.type === 'percentage'
  return (
    <div className="flex flex-col gap-3 border-t border-kumo-hairline pt-4">
      {outputs.map((output, index) => (
        <div key={isSplit ? index : output} className="flex items-end gap-2">
          {isSplit && <ShareField key={output} draft={draft} node={node} output={output} />}
          <div className="min-w-0 flex-1">
            <Target draft={draft} node={node} output={output} />
          </div>
          {isSplit && (
            <Button
              variant="ghost"
              shape="square"
              icon={TrashIcon}
              aria-label={`Remove the share ${output}`}
              onClick={() => draft.setElements(connect(draft.elements, { id: node.id, output }, undefined))}
            />
          )}
        </div>
      ))}
      {isSplit && (
        <Button
          size="sm"
          icon={PlusIcon}
          className="self-start"
          disabled={outputs.length >= 5}
          onClick={() => addShare(draft, node)}
        >
          Add a share
        </Button>
      )}
    </div>
  )
}

function Target({ draft, node, output }: OutputsFormProps & { output: string }): ReactElement {
  const target = node.outputs[output]?.elementId ?? nowhere
  const others = draft.elements.filter(({ id, type }) => id !== node.id && type !== 'start').map(({ id }) => [id, id])
  const isKnown = others.some(([id]) => id === target)
  const items = {
    ...((optional.has(output) || target === nowhere) && { [nowhere]: 'Nowhere: the caller gets the error' }),
    ...Object.fromEntries(others),
    ...(!isKnown && target !== nowhere && { [target]: `${target} (is not there)` }),
  }
  return (
    <SelectField
      label={names[output] ?? 'goes to'}
      value={target}
      onChange={(next) =>
        draft.setElements(connect(draft.elements, { id: node.id, output }, next === nowhere ? undefined : next))
      }
      items={items}
    />
  )
}

/** Takes the new share when the field is left, so that it is whole. */
function ShareField({ draft, node, output }: OutputsFormProps & { output: string }): ReactElement {
  const [text, setText] = useState(output)
  return (
    <div className="w-24 shrink-0">
      <Input
        label="Share"
        className="w-full"
        value={text}
        placeholder="10% or else"
        onChange={(event) => setText(event.target.value)}
        onBlur={() => draft.setElements(renameOutput(draft.elements, { id: node.id, output }, text.trim() || output))}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
    </div>
  )
}

function addShare(draft: RouteDraft, node: RouteNode): void {
  const name = ['10%', '20%', '5%', '1%', 'else'].find((one) => !(one in node.outputs))
  const [first] = Object.values(node.outputs)
  const target = first?.elementId ?? draft.elements.find(({ type }) => type === 'end')?.id
  if (name !== undefined && target !== undefined)
    draft.setElements(connect(draft.elements, { id: node.id, output: name }, target))
}
