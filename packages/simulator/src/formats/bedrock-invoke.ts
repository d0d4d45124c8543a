import { awsEventStream } from '../aws-event-stream.ts'
import type { Call, Format, Frame, Parsed } from '../format.ts'
import { Rejection } from '../format.ts'
import { uuidFrom } from '../hash.ts'
import { isJson } from '../shape.ts'
import { toAnthropicMessage, toMessageFrames } from './anthropic-answer.ts'
import { toMessagesAsk } from './anthropic-ask.ts'
import { parseMessagesRequest } from './anthropic-request.ts'
import { checkMessages } from './anthropic-rules.ts'
import { toBedrockError, toBedrockErrorFrame } from './bedrock-errors.ts'
import { awsCredential } from './credentials.ts'

const version = 'bedrock-2023-05-31'

/** Bedrock's InvokeModel and InvokeModelWithResponseStream, for Claude. */
export const bedrockInvoke: Format = {
  id: 'bedrock-invoke',
  path: /\/model\/([^/]+)\/invoke(?:-with-response-stream)?$/,
  credential: ({ headers }) => awsCredential(headers),
  parse,
  overloadedStatus: 503,
  sample: () => ({ anthropic_version: version, max_tokens: 4096, messages: [{ role: 'user', content: 'hi' }] }),
  toError: toBedrockError,
  toErrorFrame: toBedrockErrorFrame,
  headers: ({ seed }) => ({ 'x-amzn-requestid': uuidFrom(seed) }),
}

/** The body is a Messages request whose model and streaming are in the path. */
function parse({ body, path, model }: Call): Parsed {
  if (!isJson(body)) throw new Rejection('Malformed input request, please reformat your input and try again.')
  const { anthropic_version: stated, anthropic_beta: _, ...messages } = body
  if (stated !== version) throw new Rejection(`Malformed input request: #: anthropic_version must be ${version}.`)
  const stray = ['model', 'stream'].find((field) => field in messages)
  if (stray !== undefined) {
    throw new Rejection(
      `Malformed input request: #: extraneous key [${stray}] is not permitted, please reformat your input and try again.`,
    )
  }
  const stream = path.endsWith('-stream')
  const request = parseMessagesRequest({ ...messages, model, stream })
  checkMessages(request)
  const writing = { request, ask: toMessagesAsk(request), model }
  return {
    ask: writing.ask,
    framing: awsEventStream,
    toJson: (reply) => toAnthropicMessage(writing, reply),
    toFrames: (reply) => wrapped(toMessageFrames(writing, reply)),
  }
}

/** Each event of the model is base64 in a chunk. */
function* wrapped(frames: Iterable<Frame>): Iterable<Frame> {
  for (const { kind, text } of frames) {
    const bytes = btoa(String.fromCodePoint(...new TextEncoder().encode(text)))
    yield { kind, event: 'chunk', text: JSON.stringify({ bytes, p: 'abcdefgh' }) }
  }
}
