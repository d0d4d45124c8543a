/** What was asked and answered, as texts; `null` where there was none, or none that is text. */
export interface KeptBodies {
  request: string | null
  response: string | null
  /** Media type of the response, such as `text/event-stream`. */
  responseType: string | null
  /** Something was longer than what is kept of it. */
  isCut: boolean
}

/** The row that bodies belong to. */
export interface BodyPlace {
  orgId: string
  /** Id of the row, which begins with its time. */
  logId: string
}

/** Where bodies are kept, apart from the rows. */
export interface BodyStore {
  put(place: BodyPlace, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  get(place: BodyPlace): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** At most a thousand at once. */
  remove(places: readonly BodyPlace[]): Promise<void>
  /** Removes bodies of days before a time, ms since the epoch, at most a thousand at once. @returns how many */
  removeBefore(at: number): Promise<number>
}
