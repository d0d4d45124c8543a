import type { ReactElement } from 'react'
import type { Suggestion } from './suggest-filters.ts'

interface SuggestionListProps {
  suggestions: readonly Suggestion[]
  marked: number
  onChoose(word: string): void
}

/** What the filter field could go on with. */
export function SuggestionList({ suggestions, marked, onChoose }: SuggestionListProps): ReactElement {
  return (
    <ul
      id="filter-suggestions"
      role="listbox"
      aria-label="Suggestions"
      hidden={suggestions.length === 0}
      className="absolute top-full right-0 left-0 z-30 mt-1 max-h-80 overflow-y-auto rounded-lg bg-kumo-base p-1 shadow-lg ring ring-kumo-line"
    >
      {suggestions.map(({ word, note }, index) => (
        <li
          key={word}
          id={`filter-suggestion-${index}`}
          role="option"
          aria-selected={index === marked}
          className="flex h-8 cursor-pointer items-center justify-between gap-4 rounded-md px-2.5 hover:bg-kumo-tint aria-selected:bg-kumo-tint"
          onMouseDown={(event) => {
            event.preventDefault()
            onChoose(word)
          }}
        >
          <span className="truncate font-mono text-sm">{word}</span>
          <span className="shrink-0 text-sm text-kumo-subtle">{note}</span>
        </li>
      ))}
    </ul>
  )
}
