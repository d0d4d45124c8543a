import { createAnthropic as create } from '@ai-sdk/anthropic'
import { authWrapper } from '../auth.ts'

/** `createAnthropic` of @ai-sdk/anthropic for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createAnthropic: typeof create = /* @__PURE__ */ authWrapper(create)
