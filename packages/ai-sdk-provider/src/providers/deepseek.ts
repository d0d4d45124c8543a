import { createDeepSeek as create } from '@ai-sdk/deepseek'
import { authWrapper } from '../auth.ts'

/** `createDeepSeek` of @ai-sdk/deepseek for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createDeepSeek: typeof create = /* @__PURE__ */ authWrapper(create)
