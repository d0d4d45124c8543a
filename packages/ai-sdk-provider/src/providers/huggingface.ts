import { createHuggingFace as create } from '@ai-sdk/huggingface'
import { authWrapper } from '../auth.ts'

/** `createHuggingFace` of @ai-sdk/huggingface for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createHuggingFace: typeof create = /* @__PURE__ */ authWrapper(create)
