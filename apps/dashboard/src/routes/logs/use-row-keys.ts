import { useEffect, useEffectEvent } from 'react'
import { isTyping } from '../../shell/is-typing.ts'

interface RowKeys<T extends { id: string }> {
  rows: readonly T[]
  currentId: string | undefined
  onMove(index: number): void
  onOpen(row: T): void
  /** Listens while a sheet is open, and only then. */
  isInSheet?: boolean
}

/** `j` and `k` walk the rows, Enter opens one. */
export function useRowKeys<T extends { id: string }>({
  rows,
  currentId,
  onMove,
  onOpen,
  isInSheet = false,
}: RowKeys<T>): void {
  const act = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !isMeant(event.target, isInSheet))
      return
    const index = rows.findIndex(({ id }) => id === currentId)
    const row = rows[index]
    if (event.key === 'j' || event.key === 'k') {
      event.preventDefault()
      const next = event.key === 'j' ? Math.min(index + 1, rows.length - 1) : Math.max(index - 1, 0)
      if (rows.length > 0) onMove(next)
    } else if (event.key === 'Enter' && row && !isControl(event.target)) {
      event.preventDefault()
      onOpen(row)
    }
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => act(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

/** Keys go to a field, else to the sheet if one is open, else to the list. */
function isMeant(target: EventTarget | null, isInSheet: boolean): boolean {
  if (!isInSheet) return !isTyping(target)
  return !(target instanceof Element && target.closest('input, textarea, select, [role="listbox"], [role="menu"]'))
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button') !== null
}
