import { createElevenLabs as create } from '@ai-sdk/elevenlabs'
import { authWrapper } from '../auth.ts'

/** `createElevenLabs` of @ai-sdk/elevenlabs for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createElevenLabs: typeof create = /* @__PURE__ */ authWrapper(create)
