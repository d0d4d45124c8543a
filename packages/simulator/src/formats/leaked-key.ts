/** What every vendor says when a gateway's own key reaches it. */
export const leakedKeyMessage =
  'gateway key leaked upstream: a credential that starts with gw_ must never leave the gateway.'

const credentialHeaders = [
  'authorization',
  'x-api-key',
  'x-goog-api-key',
  'api-key',
  'xi-api-key',
  'cf-aig-authorization',
]

/** True if any credential of the request is a gateway key. */
export function hasLeakedKey(headers: Headers, search: URLSearchParams): boolean {
  const values = [...credentialHeaders.map((name) => headers.get(name)), search.get('key')]
  return values.some((value) => value !== null && /(^|\s)gw_/i.test(value))
}
