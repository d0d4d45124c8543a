/** A promise and the functions that settle it. */
export interface Deferred<T> {
  promise: Promise<T>
  resolve(value: T): void
  reject(reason: unknown): void
}

/** A promise that somebody else settles; nobody has to listen to its failure. */
export function createDeferred<T>(): Deferred<T> {
  const settle: { resolve: (value: T) => void; reject: (reason: unknown) => void } = {
    resolve: () => {},
    reject: () => {},
  }
  const promise = new Promise<T>((resolve, reject) => {
    settle.resolve = resolve
    settle.reject = reject
  })
  promise.catch(() => undefined)
  return { promise, resolve: (value) => settle.resolve(value), reject: (reason) => settle.reject(reason) }
}
