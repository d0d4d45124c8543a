import { createCohere as create } from '@ai-sdk/cohere'
import { authWrapper } from '../auth.ts'

/** `createCohere` of @ai-sdk/cohere for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createCohere: typeof create = /* @__PURE__ */ authWrapper(create)
