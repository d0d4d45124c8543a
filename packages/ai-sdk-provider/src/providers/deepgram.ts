import { createDeepgram as create } from '@ai-sdk/deepgram'
import { authWrapper } from '../auth.ts'

/** `createDeepgram` of @ai-sdk/deepgram for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createDeepgram: typeof create = /* @__PURE__ */ authWrapper(create)
