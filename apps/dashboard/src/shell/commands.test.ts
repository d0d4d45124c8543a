import { expect, test } from 'vitest'
import { commandsFor, matchCommands } from './commands.ts'

const titlesFor = (search: string): string[] =>
  matchCommands(commandsFor(search), search).flatMap(({ items }) => items.map(({ title }) => title))

test('finds pages by their title and by other words', () => {
  expect(titlesFor('budg')).toEqual(['Budgets & limits'])
  expect(titlesFor('rate money')).toEqual(['Budgets & limits'])
  expect(titlesFor('dark')).toEqual(['Dark theme'])
})

test('opens a log row by its id', () => {
  expect(titlesFor('01JD7Y3K2M4N5P6Q')).toEqual(['Open log 01JD7Y3K2M4N5P6Q'])
})

test('says nothing of what there is not', () => {
  expect(titlesFor('zzz')).toEqual([])
})
