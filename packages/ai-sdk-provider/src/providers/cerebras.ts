import { createCerebras as create } from '@ai-sdk/cerebras'
import { authWrapper } from '../auth.ts'

/** `createCerebras` of @ai-sdk/cerebras for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createCerebras: typeof create = /* @__PURE__ */ authWrapper(create)
