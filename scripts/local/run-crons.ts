/** Runs a Worker's crons on this machine, each once in its minutes, until the returned function is called. */
export function runCrons(crons: readonly string[], run: (cron: string) => Promise<unknown>): () => void {
  const timer = setInterval(() => {
    const minute = new Date().getUTCMinutes()
    for (const cron of crons.filter((one) => isDue(one, minute))) {
      run(cron).catch((error: unknown) => console.error(`Cron "${cron}" failed:`, error))
    }
  }, 60_000)
  timer.unref()
  return () => clearInterval(timer)
}

/** Whether a cron of minutes alone, such as every fifth one, is due. */
function isDue(cron: string, minute: number): boolean {
  const [, every = '1'] = /^\*(?:\/(\d+))? \* \* \* \*$/.exec(cron) ?? []
  return minute % Number(every) === 0
}
