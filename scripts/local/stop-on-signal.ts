/**
 * Stops in order and exits with 0 on Ctrl-C or SIGTERM; on the second one, exits at once. Takes the place of Miniflare's
 * own handlers, which end the process with 130 before anything is closed.
 */
export function stopOnSignal(stop: () => Promise<unknown>): void {
  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.removeAllListeners(signal)
    process.on(signal, () => {
      if (isStopping) process.exit(1)
      isStopping = true
      void stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error)
          process.exit(1)
        },
      )
    })
  }
}
