import { createReplicate as create } from '@ai-sdk/replicate'
import { authWrapper } from '../auth.ts'

/** `createReplicate` of @ai-sdk/replicate for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createReplicate: typeof create = /* @__PURE__ */ authWrapper(create, 'apiToken')
