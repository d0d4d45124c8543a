import { createBaseten as create } from '@ai-sdk/baseten'
import { authWrapper } from '../auth.ts'

/** `createBaseten` of @ai-sdk/baseten for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createBaseten: typeof create = /* @__PURE__ */ authWrapper(create)
