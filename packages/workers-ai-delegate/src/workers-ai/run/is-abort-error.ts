const names: ReadonlySet<string> = new Set(['AbortError', 'ResponseAborted', 'TimeoutError'])

/** Whether the error says that somebody gave up waiting; such errors must reach the caller as they are. */
export function isAbortError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && names.has(String(error.name))
}
