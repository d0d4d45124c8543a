import { createFireworks as create } from '@ai-sdk/fireworks'
import { authWrapper } from '../auth.ts'

/** `createFireworks` of @ai-sdk/fireworks for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createFireworks: typeof create = /* @__PURE__ */ authWrapper(create)
