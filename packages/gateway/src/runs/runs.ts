/** Whose run it is: nobody else can resume it. */
export interface RunOwner {
  orgId: string
  gatewayId: string
}

/**
 * Runs: streamed answers that live apart from their caller. A run goes on when the caller leaves, and its events can be
 * read again, from any of them on, until some minutes after its end.
 */
export interface Runs {
  /**
   * Has a run answer the request. A streamed answer is the run's events from the first on; any other answer leaves no
   * run behind.
   */
  start(run: RunOwner & { id: string }, request: Request): Promise<Response>
  /**
   * Settles a run whose `start` failed. @returns the id of its row; `undefined` when it got no answer, and has none.
   */
  abandon(run: RunOwner & { id: string }): Promise<string | undefined>
  /** The events after the first `from`, and what follows while the run lasts; `undefined` when there is no such run. */
  resume(run: RunOwner & { id: string }, from: number): Promise<ReadableStream<Uint8Array> | undefined>
}
