import { createGoogleGenerativeAI as create } from '@ai-sdk/google'
import { authWrapper } from '../auth.ts'

/** `createGoogleGenerativeAI` of @ai-sdk/google for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createGoogleGenerativeAI: typeof create = /* @__PURE__ */ authWrapper(create)
