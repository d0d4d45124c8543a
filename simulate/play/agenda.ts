/** What is to be done later, done in the order of its time, and of its entry where that is the same. */
export interface Agenda {
  add(at: number, run: (at: number) => void): void
  /** Does everything, also what is added meanwhile. */
  run(): void
}

interface Entry {
  at: number
  turn: number
  run: (at: number) => void
}

const isBefore = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.turn < b.turn)

/** A binary heap. */
export function createAgenda(): Agenda {
  const heap: Entry[] = []
  let turns = 0
  return {
    add(at, run) {
      heap.push({ at, turn: turns, run })
      turns += 1
      rise(heap)
    },
    run() {
      for (let entry = takeFirst(heap); entry; entry = takeFirst(heap)) entry.run(entry.at)
    },
  }
}

function rise(heap: Entry[]): void {
  let index = heap.length - 1
  for (;;) {
    const above = (index - 1) >> 1
    const [child, parent] = [heap[index], heap[above]]
    if (!child || !parent || !isBefore(child, parent)) return
    heap.splice(index, 1, parent)
    heap.splice(above, 1, child)
    index = above
  }
}

function takeFirst(heap: Entry[]): Entry | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (last && heap.length > 0) {
    heap.splice(0, 1, last)
    sink(heap)
  }
  return first
}

function sink(heap: Entry[]): void {
  let index = 0
  for (;;) {
    const entry = heap[index]
    const [left, right] = [heap[2 * index + 1], heap[2 * index + 2]]
    const below = right && left && isBefore(right, left) ? right : left
    if (!entry || !below || !isBefore(below, entry)) return
    const at = below === left ? 2 * index + 1 : 2 * index + 2
    heap.splice(index, 1, below)
    heap.splice(at, 1, entry)
    index = at
  }
}
