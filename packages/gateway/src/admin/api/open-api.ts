import * as z from 'zod'
import { isRole, type Operation } from './operation.ts'

type Schema = z.core.JSONSchema.BaseSchema

/**
 * The control plane in OpenAPI 3.1, made of the schemas that requests are checked with.
 * @see https://spec.openapis.org/oas/v3.1.0
 */
export function toOpenApi(operations: readonly Operation[]) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of operations) {
    const path = `/api${operation.path.replaceAll(/:(\w+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: toOperation(operation) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'gw control plane',
      version: '1',
      description:
        'Times are ms since the epoch, money is nano-USD where a name says so. Send `If-Match` with the `ETag` of what you read to change only that; send `Idempotency-Key` with a POST to have it done once.',
    },
    servers: [{ url: '/' }],
    security: [{ adminKey: [] }, { session: [], csrf: [] }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        adminKey: { type: 'http', scheme: 'bearer', description: 'The value of GW_ADMIN_KEY.' },
        session: { type: 'apiKey', in: 'cookie', name: 'gw_session' },
        csrf: { type: 'apiKey', in: 'header', name: 'x-gw-csrf', description: 'For writes with a session.' },
      },
      responses: { Error: { description: 'What is wrong, and what to do.', content: jsonOf(errorSchema) } },
    },
  }
}

const errorSchema = toSchema(
  z.object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      param: z.string().optional(),
      log_id: z.string().nullable(),
    }),
  }),
  'output',
)

function toOperation(operation: Operation) {
  const { method, path, tag, summary, isPublic, query, body, answer, status, contentTypes } = operation
  const hasBody = method !== 'GET' && method !== 'DELETE' && Object.keys(body.shape).length > 0
  const content =
    answer && Object.fromEntries(contentTypes.map((type) => [type, { schema: toSchema(answer, 'output') }]))
  return {
    operationId: operationId(method, path),
    tags: [tag],
    summary,
    description: sayAccess(operation),
    ...(isPublic && { security: [] }),
    parameters: [...pathParameters(path), ...queryParameters(query)],
    ...(hasBody && { requestBody: { required: true, content: jsonOf(toSchema(body, 'input')) } }),
    responses: {
      [status]: { description: status === 204 ? 'Done.' : summary, ...(content && { content }) },
      default: { $ref: '#/components/responses/Error' },
    },
  }
}

/** `GET /budgets/:id` → `getBudgetsById`. */
function operationId(method: string, path: string): string {
  const words = path.split(/[/-]/).filter(Boolean)
  const named = words.map((word) => {
    const plain = word.replace(/^:/, '')
    const capital = plain.charAt(0).toUpperCase() + plain.slice(1)
    return word.startsWith(':') ? `By${capital}` : capital
  })
  return method.toLowerCase() + named.join('')
}

function sayAccess({ access }: Operation): string {
  if (access === undefined) return 'Who may do this depends on what is asked for.'
  if (access === 'public') return 'For everyone.'
  if (access === 'signed_in') return 'For everyone who is signed in.'
  return isRole(access) ? `Needs the role ${access} in the organisation, or more.` : 'For operators.'
}

function pathParameters(path: string) {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function queryParameters(query: z.ZodObject) {
  const { properties = {}, required = [] } = toSchema(query, 'input')
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

function toSchema(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' })
  return rest
}

function jsonOf(schema: Schema) {
  return { 'application/json': { schema } }
}
