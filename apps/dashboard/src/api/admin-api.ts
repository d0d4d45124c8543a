import type { AdminApi } from '@gw/gateway'
import type { CallOptions } from '@gw/gateway/admin-client'

/** Every operation of the control plane, by its method and path. */
export type Api = AdminApi

/** What an operation takes. */
export type Options<K extends keyof Api> = CallOptions<Api[K]>

/** What an operation answers. */
export type Answer<K extends keyof Api> = Api[K]['answer']
