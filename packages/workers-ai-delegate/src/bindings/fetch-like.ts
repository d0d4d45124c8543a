/** What this package needs of `fetch`. */
export type FetchLike = (url: string, init?: RequestInit) => Promise<Response>

/** A secret, or where to get it for each request; `undefined`: none is sent. */
export type Secret = string | (() => string | undefined | Promise<string | undefined>)

/** The global `fetch`, looked up at each call, so that it can be replaced and is called as a method of its owner. */
export const globalFetch: FetchLike = (url, init) => fetch(url, init)

/** The secret for one request. */
export async function resolveSecret(secret: Secret | undefined): Promise<string | undefined> {
  return typeof secret === 'function' ? secret() : secret
}
