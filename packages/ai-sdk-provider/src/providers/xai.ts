import { createXai as create } from '@ai-sdk/xai'
import { authWrapper } from '../auth.ts'

/** `createXai` of @ai-sdk/xai for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createXai: typeof create = /* @__PURE__ */ authWrapper(create)
