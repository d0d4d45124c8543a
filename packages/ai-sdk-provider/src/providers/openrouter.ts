import { createOpenRouter as create } from '@openrouter/ai-sdk-provider'
import { authWrapper } from '../auth.ts'

/** `createOpenRouter` of @openrouter/ai-sdk-provider for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createOpenRouter: typeof create = /* @__PURE__ */ authWrapper(create)
