import { expect, test } from 'vitest'
import { createAgenda } from './agenda.ts'

test('does what is to be done in the order of time, and of entry where that is the same', () => {
  const agenda = createAgenda()
  const done: string[] = []
  for (const [index, at] of [5, 3, 9, 3, 1, 7, 3, 9, 0].entries()) agenda.add(at, () => done.push(`${at}#${index}`))
  agenda.add(4, (at) => {
    agenda.add(at + 2, () => done.push('6 added at 4'))
    done.push('4')
  })
  agenda.run()
  expect(done).toEqual(['0#8', '1#4', '3#1', '3#3', '3#6', '4', '5#0', '6 added at 4', '7#5', '9#2', '9#7'])
})
