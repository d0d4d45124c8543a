import { useSyncExternalStore } from 'react'

/** A choice that this browser remembers, the same in every part of the page and every tab. */
export interface Preference<T> {
  read(): T
  write(value: T): void
  /** The value, as a hook. */
  use(): T
}

interface PreferenceOptions<T> {
  /** Of local storage. */
  key: string
  /** From what is stored, which may be anything, or `null` for nothing. */
  parse(text: string | null): T
  format(value: T): string
}

/** Makes a preference; where storage is closed to the page, the choice lasts as long as the page. */
export function createPreference<T>({ key, parse, format }: PreferenceOptions<T>): Preference<T> {
  const listeners = new Set<() => void>()
  let value = parse(readStored(key))
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  const subscribe = (listener: () => void): (() => void) => {
    const onStorage = (event: StorageEvent): void => {
      if (event.key !== key) return
      value = parse(event.newValue)
      tell()
    }
    listeners.add(listener)
    window.addEventListener('storage', onStorage)
    return () => {
      listeners.delete(listener)
      window.removeEventListener('storage', onStorage)
    }
  }
  const read = (): T => value
  return {
    read,
    write: (next) => {
      value = next
      writeStored(key, format(next))
      tell()
    },
    use: () => useSyncExternalStore(subscribe, read),
  }
}

function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function writeStored(key: string, text: string): void {
  try {
    localStorage.setItem(key, text)
  } catch {
    // Storage is closed or full; the value lives in the page.
  }
}
