/** What pressed keys ask for. */
export type ShortcutAction = { kind: 'palette' } | { kind: 'help' } | { kind: 'go'; shortcut: string }

/** What of a key press counts. */
export interface KeyPress {
  key: string
  isCommand: boolean
  /** In a field, where letters are text. */
  isTyping: boolean
  at: number
}

/** How long `g` waits for its second key. */
const sequenceMs = 1200

/** Remembers the first key of two. */
export function createShortcutReader(): (press: KeyPress) => ShortcutAction | undefined {
  let leaderAt = -Infinity
  return ({ key, isCommand, isTyping, at }) => {
    if (isCommand) return key.toLowerCase() === 'k' ? { kind: 'palette' } : undefined
    if (isTyping) return undefined
    const follows = at - leaderAt <= sequenceMs
    leaderAt = key === 'g' && !follows ? at : -Infinity
    if (follows) return { kind: 'go', shortcut: key }
    if (key === '?') return { kind: 'help' }
    return undefined
  }
}
