import { createPerplexity as create } from '@ai-sdk/perplexity'
import { authWrapper } from '../auth.ts'

/** `createPerplexity` of @ai-sdk/perplexity for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createPerplexity: typeof create = /* @__PURE__ */ authWrapper(create)
