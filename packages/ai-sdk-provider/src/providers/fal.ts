import { createFal as create } from '@ai-sdk/fal'
import { authWrapper } from '../auth.ts'

/** `createFal` of @ai-sdk/fal for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createFal: typeof create = /* @__PURE__ */ authWrapper(create)
