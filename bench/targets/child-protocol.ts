/** What a host process says once what it hosts can be called. */
export interface Ready {
  url: string
  /** The process whose CPU time counts. */
  pid: number
  /** The gateway key that it made. */
  key?: string
}

/** Runs `start` in a host process: reports to the parent, and stops when the parent says so or is gone. */
export async function hostChild(start: () => Promise<Ready & { stop(): Promise<unknown> }>): Promise<void> {
  const gone = new Promise((resolve) => process.once('disconnect', resolve))
  const { stop, ...ready } = await start()
  if (process.connected) process.send?.(ready)
  await gone
  await stop()
  process.exit(0)
}
