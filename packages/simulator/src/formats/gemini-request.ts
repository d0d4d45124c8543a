import { any, array, boolean, either, isJson, json, number, object, oneOf, refine, string } from '../shape.ts'
import type { Shape, Static } from '../shape.ts'

const inlineData = object({ mimeType: string, data: string }, { displayName: string })
const fileData = object({ fileUri: string }, { mimeType: string, displayName: string })

/** Google's parts carry exactly one kind of data; the kinds are told apart by their field. */
const part = refine(
  object(
    {},
    {
      text: string,
      thought: boolean,
      thoughtSignature: string,
      inlineData,
      fileData,
      functionCall: object({ name: string }, { id: string, args: json }),
      functionResponse: object(
        { name: string, response: json },
        { id: string, willContinue: boolean, scheduling: string, parts: array(json) },
      ),
      executableCode: json,
      codeExecutionResult: json,
      videoMetadata: json,
      mediaResolution: json,
    },
  ),
  (value) => {
    const kinds = dataFields.filter((name) => value[name] !== undefined)
    return kinds.length === 1 ? undefined : `exactly one of ${dataFields.join(', ')}`
  },
)
const dataFields = [
  'text',
  'inlineData',
  'fileData',
  'functionCall',
  'functionResponse',
  'executableCode',
  'codeExecutionResult',
] as const

const content = object({ parts: array(part, { min: 1 }) }, { role: oneOf('user', 'model', 'function') })
const systemInstruction = object({ parts: array(part, { min: 1 }) }, { role: string })

const typeNames = new Set(['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'])
const typeName = refine(string, (value) => (typeNames.has(value.toLowerCase()) ? undefined : 'a type name'))
const schema: Shape<Record<string, unknown>> = {
  kind: 'object',
  accepts: (value, path): value is Record<string, unknown> => openApiSchema.accepts(value, path),
}
const schemaMap: Shape<Record<string, unknown>> = {
  kind: 'object',
  accepts: (value, path): value is Record<string, unknown> =>
    json.accepts(value, path) && Object.entries(value).every(([key, entry]) => schema.accepts(entry, [...path, key])),
}
const size = either(number(), string)
const openApiSchema = object(
  {},
  {
    type: typeName,
    format: string,
    title: string,
    description: string,
    nullable: boolean,
    enum: array(string),
    properties: schemaMap,
    required: array(string),
    propertyOrdering: array(string),
    items: schema,
    prefixItems: array(schema),
    anyOf: array(schema),
    minItems: size,
    maxItems: size,
    minProperties: size,
    maxProperties: size,
    minLength: size,
    maxLength: size,
    pattern: string,
    minimum: number(),
    maximum: number(),
    default: any,
    example: any,
  },
)

const functionDeclaration = object(
  { name: string },
  {
    description: string,
    parameters: schema,
    parametersJsonSchema: json,
    response: schema,
    responseJsonSchema: json,
    behavior: string,
  },
)
const tool = object(
  {},
  {
    functionDeclarations: array(functionDeclaration),
    googleSearch: json,
    googleSearchRetrieval: json,
    codeExecution: json,
    urlContext: json,
    googleMaps: json,
    fileSearch: json,
    computerUse: json,
  },
)
const integer = number({ min: 0, integer: true })
const generationConfig = object(
  {},
  {
    temperature: number({ min: 0, max: 2 }),
    topP: number({ min: 0, max: 1 }),
    topK: number({ min: 1 }),
    maxOutputTokens: number({ min: 1, integer: true }),
    stopSequences: array(string, { max: 5 }),
    candidateCount: number({ min: 1, max: 8, integer: true }),
    seed: number({ integer: true }),
    presencePenalty: number(),
    frequencyPenalty: number(),
    responseLogprobs: boolean,
    logprobs: integer,
    responseMimeType: oneOf('text/plain', 'application/json', 'text/x.enum'),
    responseSchema: schema,
    responseJsonSchema: json,
    responseModalities: array(oneOf('TEXT', 'IMAGE', 'AUDIO')),
    speechConfig: json,
    thinkingConfig: object(
      {},
      {
        thinkingBudget: number({ min: -1, integer: true }),
        thinkingLevel: refine(string, (value) =>
          /^(minimal|low|medium|high)$/i.test(value) ? undefined : 'a thinking level',
        ),
        includeThoughts: boolean,
      },
    ),
    imageConfig: json,
    mediaResolution: string,
    enableEnhancedCivicAnswers: boolean,
  },
)

const request = object(
  { contents: array(content, { min: 1 }) },
  {
    systemInstruction,
    generationConfig,
    tools: array(tool),
    toolConfig: object(
      {},
      {
        functionCallingConfig: object(
          {},
          {
            mode: oneOf('MODE_UNSPECIFIED', 'AUTO', 'ANY', 'NONE', 'VALIDATED'),
            allowedFunctionNames: array(string),
            streamFunctionCallArguments: boolean,
          },
        ),
        retrievalConfig: json,
        includeServerSideToolInvocations: boolean,
      },
    ),
    safetySettings: array(object({ category: string, threshold: string }, { method: string })),
    cachedContent: string,
    labels: json,
    store: boolean,
    serviceTier: string,
    model: string,
  },
)

/** A generateContent request in camelCase, as Google documents it. */
export type GenerateRequest = Static<typeof request>
export type Content = GenerateRequest['contents'][number]
export type Part = Content['parts'][number]

/** Narrows the body or throws a ShapeError; snake_case names are taken too, as Google takes them. */
export function parseGenerateRequest(body: unknown): GenerateRequest {
  const camel = toCamelCase(body)
  if (request.accepts(camel, [])) return camel
  throw new TypeError('A shape answers true or throws')
}

/** Fields whose content is the caller's own, so its keys are left alone. */
const opaque = new Set([
  'args',
  'response',
  'parametersJsonSchema',
  'responseJsonSchema',
  'labels',
  'default',
  'example',
])

/** Reads snake_case names and takes null for absent, as protobuf's JSON does. */
function toCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toCamelCase)
  return isJson(value)
    ? mapEntries(value, (key) => key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()))
    : value
}

function mapEntries(value: Record<string, unknown>, rename: (key: string) => string): Record<string, unknown> {
  const entries = Object.entries(value).flatMap(([key, entry]) => {
    const name = rename(key)
    if (entry === null) return []
    if (opaque.has(name)) return [[name, entry] as const]
    const isNames = name === 'properties' && isJson(entry)
    return [[name, isNames ? mapEntries(entry, (property) => property) : toCamelCase(entry)] as const]
  })
  return Object.fromEntries(entries)
}
