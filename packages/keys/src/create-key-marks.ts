import type { KeyRejection, ProviderKey } from './provider-key.ts'

/** What this isolate knows of rejections, before and beyond what the store says. */
export interface KeyMarks {
  /** The latest word on a key: what was noted here, or what its record says if that is newer. */
  latest(id: string, record?: Pick<ProviderKey, 'rejection' | 'updatedAt'>): KeyRejection | null
  /** Notes a rejection, or with `null` that there is none any more, at the moment `at`. */
  note(id: string, rejection: KeyRejection | null, at: number): void
}

/** Far more keys than rest at the same time; a mark that is lost costs one call that is refused. */
const maxMarks = 10_000

export function createKeyMarks(): KeyMarks {
  const marks = new Map<string, { rejection: KeyRejection | null; at: number }>()
  const note: KeyMarks['note'] = (id, rejection, at) => {
    marks.delete(id)
    const [oldest] = marks.keys()
    if (marks.size >= maxMarks && oldest !== undefined) marks.delete(oldest)
    marks.set(id, { rejection, at })
  }

  return {
    latest: (id, record = { rejection: null, updatedAt: 0 }) => {
      const here = marks.get(id)
      const { rejection, updatedAt } = record
      // Whoever changed the record after the mark was made, say to put in a new secret, made the mark void.
      if (here && here.at >= Math.max(updatedAt, rejection?.at ?? 0)) return here.rejection
      if (rejection) note(id, rejection, rejection.at)
      else marks.delete(id)
      return rejection
    },
    note,
  }
}
