import { EventStreamCodec } from '@smithy/core/event-streams'

const text = new TextDecoder()
const bytes = new TextEncoder()

/**
 * Reads and writes one frame of Amazon's binary event stream, checksums included.
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export const awsEventCodec = /* @__PURE__ */ new EventStreamCodec(
  (input) => (typeof input === 'string' ? input : text.decode(input)),
  (input) => bytes.encode(input),
)
