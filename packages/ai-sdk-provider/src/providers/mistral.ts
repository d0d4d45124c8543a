import { createMistral as create } from '@ai-sdk/mistral'
import { authWrapper } from '../auth.ts'

/** `createMistral` of @ai-sdk/mistral for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createMistral: typeof create = /* @__PURE__ */ authWrapper(create)
