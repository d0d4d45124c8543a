import { FunnelIcon, XIcon } from '@phosphor-icons/react'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import { isTyping } from '../shell/is-typing.ts'
import { formatQuery } from './format-query.ts'
import { parseQuery } from './parse-query.ts'
import { suggestFilters } from './suggest-filters.ts'
import { SuggestionList } from './suggestion-list.tsx'
import { useFacetValues } from './use-facet-values.ts'

interface FilterBarProps {
  /** The search, as the URL has it. */
  text: string
  onChange(text: string | undefined): void
  placeholder?: string
}

/** A field for searches like `provider:openai cost:>0.01`, which suggests keys and values. `/` goes to it. */
export function FilterBar({
  text,
  onChange,
  placeholder = 'Filter, such as provider:openai status:error',
}: FilterBarProps): ReactElement {
  const field = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState(text)
  const [isOpen, setIsOpen] = useState(false)
  const [marked, setMarked] = useState(-1)
  const lastWord = draft.slice(draft.lastIndexOf(' ') + 1)
  const facet = useFacetValues(isOpen ? lastWord : '')
  const suggestions = isOpen ? suggestFilters(lastWord, facet) : []
  useEffect(() => setDraft(text), [text])
  useSlashKey(field)

  const commit = (next: string): void => {
    setIsOpen(false)
    setMarked(-1)
    const normal = formatQuery(parseQuery(next))
    setDraft(normal)
    if (normal !== text) onChange(normal || undefined)
  }
  const accept = (word: string): void => {
    const next = `${draft.slice(0, draft.length - lastWord.length)}${word}`
    setMarked(-1)
    if (!word.endsWith(':')) return commit(next)
    setDraft(next)
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const chosen = suggestions[marked]
    if (event.key === 'Enter') {
      event.preventDefault()
      if (chosen) accept(chosen.word)
      else commit(draft)
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setIsOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      setMarked(Math.max(-1, Math.min(suggestions.length - 1, marked + step)))
    } else if (event.key === 'Escape') {
      if (isOpen) setIsOpen(false)
      else event.currentTarget.blur()
    }
  }
  return (
    <div className="relative min-w-0 flex-1">
      <FunnelIcon className="pointer-events-none absolute top-2.5 left-3 size-4 text-kumo-subtle" aria-hidden />
      <input
        ref={field}
        role="combobox"
        aria-label="Filter"
        aria-expanded={suggestions.length > 0}
        aria-controls="filter-suggestions"
        aria-autocomplete="list"
        aria-activedescendant={marked >= 0 ? `filter-suggestion-${marked}` : undefined}
        className="h-9 w-full rounded-lg bg-kumo-control pr-9 pl-9 ring ring-kumo-line outline-none placeholder:text-kumo-placeholder focus:ring-[1.5px] focus:ring-kumo-brand"
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        value={draft}
        onFocus={() => setIsOpen(true)}
        onBlur={() => commit(draft)}
        onChange={(event) => {
          setDraft(event.target.value)
          setIsOpen(true)
          setMarked(-1)
        }}
        onKeyDown={onKeyDown}
      />
      {draft && (
        <button
          type="button"
          aria-label="Clear the filter"
          className="absolute top-1.5 right-1.5 flex size-6 cursor-pointer items-center justify-center rounded text-kumo-subtle hover:bg-kumo-tint"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => commit('')}
        >
          <XIcon className="size-3.5" aria-hidden />
        </button>
      )}
      <SuggestionList suggestions={suggestions} marked={marked} onChoose={accept} />
    </div>
  )
}

function useSlashKey(field: { current: HTMLInputElement | null }): void {
  useEffect(() => {
    const focus = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping(event.target)) return
      event.preventDefault()
      field.current?.focus()
    }
    window.addEventListener('keydown', focus)
    return () => window.removeEventListener('keydown', focus)
  }, [field])
}
