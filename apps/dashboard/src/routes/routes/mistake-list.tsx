import { WarningCircleIcon } from '@phosphor-icons/react'
import type { ReactElement } from 'react'
import type { RouteDraft } from './use-route-draft.ts'

/** What keeps the route from being deployed; each leads to its element. */
export function MistakeList({
  draft,
  onSelect,
}: {
  draft: RouteDraft
  onSelect(id: string): void
}): ReactElement | null {
  const { mistakes, textMistake } = draft
  if (textMistake === undefined && mistakes.length === 0) return null
  return (
    <ul className="border-t border-kumo-hairline bg-kumo-danger-tint py-2" aria-label="Mistakes" aria-live="polite">
      {textMistake !== undefined && (
        <li className="flex gap-2 px-4 py-1">
          <WarningCircleIcon className="mt-0.5 size-4 shrink-0 text-kumo-danger" aria-hidden />
          The JSON cannot be drawn: {textMistake}
        </li>
      )}
      {mistakes.map(({ element, path, message }) => (
        <li key={`${path} ${message}`} className="flex gap-2 px-4 py-1">
          <WarningCircleIcon className="mt-0.5 size-4 shrink-0 text-kumo-danger" aria-hidden />
          <span className="min-w-0 break-words">
            {element !== null && (
              <button
                type="button"
                className="mr-1 cursor-pointer font-medium underline"
                onClick={() => onSelect(element)}
              >
                {element}
              </button>
            )}
            {message}
          </span>
        </li>
      ))}
    </ul>
  )
}
