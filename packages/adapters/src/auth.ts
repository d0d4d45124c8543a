/** How a provider wants its secret. */
export interface Auth {
  /** Lower-case header name. */
  header: string
  /** What stands before the secret, `Bearer ` for example. */
  prefix: string
  /** Set where the secret may be more than this header: credentials to sign with, to get a token for, or a token itself. */
  kind?: 'aws' | 'google-cloud' | 'azure'
}

/** `Authorization: Bearer <secret>` */
export const bearer = (): Auth => ({ header: 'authorization', prefix: 'Bearer ' })

/** `<header>: <secret>` */
export const apiKeyHeader = (header: string): Auth => ({ header, prefix: '' })

/** `Authorization: <scheme> <secret>`, for vendors with a scheme of their own such as `Key` or `Token`. */
export const authScheme = (scheme: string): Auth => ({ header: 'authorization', prefix: `${scheme} ` })
