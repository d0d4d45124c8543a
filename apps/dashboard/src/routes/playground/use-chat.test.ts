import { expect, test } from 'vitest'
import { noAnswer } from './answer.ts'
import { openCallsOf, turnsOf } from './use-chat.ts'

const asked = [{ role: 'user', text: 'Hi', pictures: [] }] as const
const call = { id: 'c', name: 'find', arguments: '{}' }

test('what failed is not told again, what was stopped is', () => {
  const turns = turnsOf([
    { asked, answer: { ...noAnswer, state: 'failed', error: 'x' } },
    { asked, answer: { ...noAnswer, state: 'stopped', text: 'He' } },
    { asked, answer: { ...noAnswer, state: 'stopped' } },
  ])
  expect(turns).toEqual([...asked, { role: 'assistant', text: 'He', toolCalls: [] }])
})

test('calls wait for their results until something is said after them', () => {
  const calling = { answer: { ...noAnswer, state: 'done' as const, toolCalls: [call] } }
  expect(openCallsOf([calling])).toEqual([call])
  expect(openCallsOf([calling, { answer: noAnswer }])).toEqual([])
  expect(openCallsOf([])).toEqual([])
})
