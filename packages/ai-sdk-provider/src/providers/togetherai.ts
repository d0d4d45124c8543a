import { createTogetherAI as create } from '@ai-sdk/togetherai'
import { authWrapper } from '../auth.ts'

/** `createTogetherAI` of @ai-sdk/togetherai for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createTogetherAI: typeof create = /* @__PURE__ */ authWrapper(create)
