import { createOpenAI as create } from '@ai-sdk/openai'
import { authWrapper } from '../auth.ts'

/** `createOpenAI` of @ai-sdk/openai for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createOpenAI: typeof create = /* @__PURE__ */ authWrapper(create)
