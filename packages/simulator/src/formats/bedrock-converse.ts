import { awsEventStream } from '../aws-event-stream.ts'
import type { Call, Format, Parsed } from '../format.ts'
import { uuidFrom } from '../hash.ts'
import { toConverseAnswer, toConverseFrames } from './bedrock-converse-answer.ts'
import { toConverseAsk } from './bedrock-converse-ask.ts'
import { parseConverseRequest } from './bedrock-converse-request.ts'
import { checkConverse } from './bedrock-converse-rules.ts'
import { toBedrockError, toBedrockErrorFrame } from './bedrock-errors.ts'
import { awsCredential } from './credentials.ts'

/** Bedrock's Converse and ConverseStream. */
export const bedrockConverse: Format = {
  id: 'bedrock-converse',
  path: /\/model\/([^/]+)\/converse(?:-stream)?$/,
  credential: ({ headers }) => awsCredential(headers),
  parse,
  overloadedStatus: 503,
  sample: () => ({ messages: [{ role: 'user', content: [{ text: 'hi' }] }] }),
  toError: toBedrockError,
  toErrorFrame: toBedrockErrorFrame,
  headers: ({ seed }) => ({ 'x-amzn-requestid': uuidFrom(seed) }),
}

function parse({ body, path, model }: Call): Parsed {
  const request = parseConverseRequest(body)
  checkConverse(request, model)
  const ask = toConverseAsk(request, path.endsWith('-stream'))
  return {
    ask,
    framing: awsEventStream,
    toJson: (reply) => toConverseAnswer(ask, reply),
    toFrames: (reply) => toConverseFrames(ask, reply),
  }
}
