import { array, boolean, json, map, number, object, oneOf, refine, string } from '../shape.ts'
import type { Shape, Static } from '../shape.ts'

type Fields = Record<string, Shape<unknown>>

/** A union as Amazon writes it: an object with exactly one of these members. */
function union<M extends Fields>(members: M): Shape<{ [K in keyof M]?: Static<M[K]> }> {
  return refine(object({}, members), (value) =>
    Object.keys(value).length === 1 ? undefined : `exactly one of ${Object.keys(members).join(', ')}`,
  )
}

const source = union({ bytes: string, s3Location: object({ uri: string }, { bucketOwner: string }) })
const image = object({ format: oneOf('png', 'jpeg', 'gif', 'webp'), source })
const document = object(
  { format: oneOf('pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md'), name: string, source },
  { context: string, citations: object({ enabled: boolean }) },
)
const video = object({
  format: oneOf('mkv', 'mov', 'mp4', 'webm', 'flv', 'mpeg', 'mpg', 'wmv', 'three_gp'),
  source,
})
const cachePoint = object({ type: oneOf('default') }, { ttl: oneOf('5m', '1h') })
const toolUse = object({ toolUseId: string, name: string, input: json }, { type: string })
const toolResult = object(
  { toolUseId: string, content: array(union({ text: string, json, image, document, video })) },
  { status: oneOf('success', 'error'), type: string },
)
const reasoningContent = union({
  reasoningText: object({ text: string }, { signature: string }),
  redactedContent: string,
})

const block = union({
  text: string,
  image,
  document,
  video,
  audio: object({ format: string, source }),
  toolUse,
  toolResult,
  reasoningContent,
  cachePoint,
  guardContent: json,
  citationsContent: json,
})
const message = object({ role: oneOf('user', 'assistant'), content: array(block) })

const toolSpec = object(
  { name: string, inputSchema: object({ json }) },
  {
    description: refine(string, (text) => (text === '' ? 'a text of at least 1 character' : undefined)),
    strict: boolean,
  },
)
const tool = union({ toolSpec, cachePoint, systemTool: object({ name: string }) })
const toolChoice = union({ auto: json, any: json, tool: object({ name: string }) })
const jsonSchema = object({ schema: string }, { name: string, description: string })

const request = object(
  { messages: array(message, { min: 1 }) },
  {
    system: array(union({ text: string, cachePoint, guardContent: json })),
    inferenceConfig: object(
      {},
      {
        maxTokens: number({ min: 1, integer: true }),
        temperature: number({ min: 0, max: 1 }),
        topP: number({ min: 0, max: 1 }),
        stopSequences: array(string, { max: 2500 }),
      },
    ),
    toolConfig: object({ tools: array(tool, { min: 1 }) }, { toolChoice }),
    guardrailConfig: json,
    additionalModelRequestFields: json,
    additionalModelResponseFieldPaths: array(string, { max: 10 }),
    promptVariables: json,
    requestMetadata: map(string),
    performanceConfig: object({}, { latency: oneOf('standard', 'optimized') }),
    serviceTier: object({ type: oneOf('default', 'flex', 'priority', 'reserved') }),
    outputConfig: object({
      textFormat: object({ type: oneOf('json_schema'), structure: object({ jsonSchema }) }),
    }),
  },
)

/** A Converse request as Bedrock takes it. */
export type ConverseRequest = Static<typeof request>
export type ConverseMessage = ConverseRequest['messages'][number]
export type ConverseBlock = ConverseMessage['content'][number]

/** Narrows the body or throws a ShapeError. */
export function parseConverseRequest(body: unknown): ConverseRequest {
  if (request.accepts(body, [])) return body
  throw new TypeError('A shape answers true or throws')
}
