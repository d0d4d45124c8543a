import { cn } from '@cloudflare/kumo/utils'
import { useId, useState, type KeyboardEvent, type ReactElement } from 'react'
import { suggest, type Suggestion } from './suggest.ts'

interface SuggestFieldProps {
  label: string
  /** The label is for screen readers alone. */
  isLabelHidden?: boolean
  value: string
  /** On each key, and when a suggestion is chosen. */
  onChange(value: string): void
  suggestions: readonly Suggestion[]
  placeholder?: string
  isRequired?: boolean
}

/** A text field that suggests what is known, and takes anything else. */
export function SuggestField({
  label,
  isLabelHidden = false,
  value,
  onChange,
  suggestions,
  placeholder,
  isRequired = false,
}: SuggestFieldProps): ReactElement {
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  const [isTyped, setIsTyped] = useState(false)
  const [marked, setMarked] = useState(-1)
  const shown = isOpen ? suggest(suggestions, isTyped ? value : '') : []
  const close = (): void => {
    setIsOpen(false)
    setIsTyped(false)
    setMarked(-1)
  }
  const choose = (next: string): void => {
    onChange(next)
    close()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const chosen = shown[marked]
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setIsOpen(true)
      setMarked(Math.max(-1, Math.min(shown.length - 1, marked + (event.key === 'ArrowDown' ? 1 : -1))))
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault()
      choose(chosen.value)
    } else if (event.key === 'Escape' && isOpen) {
      event.stopPropagation()
      close()
    }
  }
  return (
    <div className="relative min-w-0 flex-1">
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'mb-2 block text-base font-medium'}>
        {label}
      </label>
      <input
        id={id}
        role="combobox"
        aria-expanded={shown.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={marked >= 0 ? `${id}-${marked}` : undefined}
        className="h-9 w-full truncate rounded-lg bg-kumo-control px-3 ring ring-kumo-line outline-none placeholder:text-kumo-placeholder focus:ring-[1.5px] focus:ring-kumo-brand"
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        required={isRequired}
        value={value}
        onFocus={(event) => event.currentTarget.select()}
        onClick={() => setIsOpen(true)}
        onBlur={close}
        onChange={(event) => {
          onChange(event.target.value)
          setIsOpen(true)
          setIsTyped(true)
          setMarked(-1)
        }}
        onKeyDown={onKeyDown}
      />
      {shown.length > 0 && <Options id={id} shown={shown} marked={marked} onChoose={choose} />}
    </div>
  )
}

interface OptionsProps {
  id: string
  shown: readonly Suggestion[]
  marked: number
  onChoose(value: string): void
}

function Options({ id, shown, marked, onChoose }: OptionsProps): ReactElement {
  return (
    <ul
      id={`${id}-list`}
      role="listbox"
      aria-label="Suggestions"
      className="absolute inset-x-0 z-30 mt-1 max-h-72 overflow-y-auto rounded-lg bg-kumo-base p-1 shadow-lg ring ring-kumo-line"
    >
      {shown.map(({ value, note }, index) => (
        <li
          key={value}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === marked}
          ref={index === marked ? scrollIntoView : undefined}
          className={cn(
            'flex min-h-8 cursor-pointer items-center justify-between gap-3 rounded-md px-2 py-1 hover:bg-kumo-tint',
            index === marked && 'bg-kumo-tint',
          )}
          onMouseDown={(event) => {
            event.preventDefault()
            onChoose(value)
          }}
        >
          <span className="min-w-0 truncate">{value}</span>
          {note !== undefined && <span className="shrink-0 text-sm text-kumo-subtle">{note}</span>}
        </li>
      ))}
    </ul>
  )
}

function scrollIntoView(element: HTMLLIElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}
