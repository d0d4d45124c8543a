import { expect, test } from 'vitest'
import { createShortcutReader } from './shortcuts.ts'

const press = (key: string, at = 0) => ({ key, isCommand: false, isTyping: false, at })

test('g and a letter go to a page', () => {
  const read = createShortcutReader()
  expect(read(press('g', 0))).toBeUndefined()
  expect(read(press('l', 1200))).toEqual({ kind: 'go', shortcut: 'l' })
  expect(read(press('l', 1300))).toBeUndefined()
})

test('too late is not a sequence', () => {
  const read = createShortcutReader()
  read(press('g', 0))
  expect(read(press('l', 1201))).toBeUndefined()
})

test('the palette opens from anywhere, the rest not while typing', () => {
  const read = createShortcutReader()
  expect(read({ ...press('k'), isCommand: true, isTyping: true })).toEqual({ kind: 'palette' })
  expect(read({ ...press('?'), isTyping: true })).toBeUndefined()
  expect(read(press('?'))).toEqual({ kind: 'help' })
  expect(read({ ...press('c'), isCommand: true })).toBeUndefined()
})
