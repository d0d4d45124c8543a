import { createGroq as create } from '@ai-sdk/groq'
import { authWrapper } from '../auth.ts'

/** `createGroq` of @ai-sdk/groq for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createGroq: typeof create = /* @__PURE__ */ authWrapper(create)
