import { createAzure as create } from '@ai-sdk/azure'
import { authWrapper } from '../auth.ts'

/** `createAzure` of @ai-sdk/azure for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createAzure: typeof create = /* @__PURE__ */ authWrapper(create)
