import { draw } from '../draw.ts'
import { drawSpread } from '../draw-spread.ts'

/** One request of the day. */
export interface DayRequest {
  id: string
  /** Milliseconds since midnight. */
  at: number
  /** Requests of one conversation share it. */
  conversation: string
  needs: readonly string[]
  inputTokens: number
  outputTokens: number
}

interface Kind {
  share: number
  needs: readonly string[]
  /** Typical tokens. */
  input: number
  output: number
}

const kinds: readonly Kind[] = [
  { share: 0.5, needs: ['chat'], input: 600, output: 250 },
  { share: 0.2, needs: ['chat', 'tools'], input: 2500, output: 300 },
  { share: 0.12, needs: ['chat'], input: 400, output: 1500 },
  { share: 0.1, needs: ['chat', 'vision'], input: 1800, output: 200 },
  { share: 0.08, needs: ['chat'], input: 24_000, output: 500 },
]

/** How busy each hour is. */
const hours = [2, 1, 1, 1, 1, 2, 3, 5, 8, 10, 10, 9, 8, 9, 10, 10, 9, 8, 6, 5, 5, 4, 3, 2]
const hourMs = 3_600_000

/** The requests of a day in the order of their time; the same seed gives the same day. */
export function createRequests(seed: string, count: number): readonly DayRequest[] {
  return Array.from({ length: count }, (_, index) => createRequest(`${seed}/request ${index}`, count)).toSorted(
    (a, b) => a.at - b.at,
  )
}

function createRequest(id: string, count: number): DayRequest {
  const kind = pick(kinds, (each) => each.share, draw(`${id}/kind`))
  const hour = pick([...hours.keys()], (each) => hours[each] ?? 0, draw(`${id}/hour`))
  return {
    id,
    at: Math.floor((hour + draw(`${id}/time`)) * hourMs),
    conversation: `conversation ${Math.floor((draw(`${id}/conversation`) * count) / 4)}`,
    needs: kind.needs,
    inputTokens: Math.ceil(kind.input * drawSpread(`${id}/input`, 0.6)),
    outputTokens: Math.ceil(kind.output * drawSpread(`${id}/output`, 0.5)),
  }
}

function pick<T>(choices: readonly T[], weigh: (choice: T) => number, luck: number): T {
  let left = luck * choices.reduce((sum, choice) => sum + weigh(choice), 0)
  const found = choices.find((choice) => (left -= weigh(choice)) < 0) ?? choices[0]
  if (found === undefined) throw new Error('There is nothing to pick from.')
  return found
}
