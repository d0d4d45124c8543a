import type { ReactElement } from 'react'
import { CopyButton } from '../../ui/copy-button.tsx'
import type { RouteDraft } from './use-route-draft.ts'

/** The elements as JSON, which can be edited and pasted. */
export function JsonView({ draft, isReadOnly }: { draft: RouteDraft; isReadOnly: boolean }): ReactElement {
  return (
    <div className="relative">
      <div className="absolute top-2 right-4">
        <CopyButton text={draft.text} label="Copy the elements" isIconOnly />
      </div>
      <textarea
        aria-label="Elements as JSON"
        aria-invalid={draft.textMistake !== undefined}
        readOnly={isReadOnly}
        spellCheck={false}
        value={draft.text}
        onChange={(event) => draft.setText(event.target.value)}
        className="block h-[max(28rem,calc(100dvh-20rem))] w-full resize-none bg-transparent p-4 font-mono text-xs leading-5 -outline-offset-2"
      />
    </div>
  )
}
