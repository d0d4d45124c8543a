import type { AdminApi } from '@gw/gateway'
import type { CallOptions, ClientOperation } from '@gw/gateway/admin-client'

/** Without index signatures, which say of a schema without fields that it has all of them. */
type Known<T> = { [K in keyof T as string extends K ? never : K]: T[K] }

type WithKnownFields<A> = {
  [K in keyof A]: A[K] extends ClientOperation
    ? { params: A[K]['params']; query: Known<A[K]['query']>; body: Known<A[K]['body']>; answer: A[K]['answer'] }
    : never
}

/** Every operation of the control plane, by its method and path. */
export type Api = WithKnownFields<AdminApi>

/** What an operation takes. */
export type Options<K extends keyof Api> = CallOptions<Api[K]>

/** What an operation answers. */
export type Answer<K extends keyof Api> = Api[K]['answer']
