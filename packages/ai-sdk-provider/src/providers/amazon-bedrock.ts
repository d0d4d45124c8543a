import { createAmazonBedrock as create } from '@ai-sdk/amazon-bedrock'
import { authWrapper } from '../auth.ts'

/** `createAmazonBedrock` of @ai-sdk/amazon-bedrock for use behind a gateway: needs no key, and its models show the gateway their requests. */
export const createAmazonBedrock: typeof create = /* @__PURE__ */ authWrapper(create)
