import { parseResponseMeta, type ResponseMeta } from '@gw/headers'
import { AiGatewayDoesNotExist } from './ai-gateway-does-not-exist.ts'
import { AiGatewayError, type AiGatewayErrorFacts } from './ai-gateway-error.ts'
import { AiGatewayUnauthorizedError } from './ai-gateway-unauthorized-error.ts'
import { isObject } from './is-object.ts'

/** An answer of the gateway, told apart from one of a provider. */
export interface Answer {
  response: Response
  meta: ResponseMeta
  /** Set where the gateway itself refused. */
  error: AiGatewayError | undefined
}

/** Reads what a model's parser would not understand: the gateway's own errors. The response can still be read. */
export async function readAnswer(response: Response, url: string): Promise<Answer> {
  const meta = parseResponseMeta(response.headers)
  if (response.ok) return { response, meta, error: undefined }

  const text = await response.text()
  const { status, statusText } = response
  const copy = new Response(text === '' ? null : text, { status, statusText, headers: response.headers })
  const envelope = parseEnvelope(text)
  return { response: copy, meta, error: envelope && toError(envelope, { url, meta, response, responseBody: text }) }
}

interface Envelope {
  code: number
  message: string
  /** What our gateway adds. */
  retryable: unknown
}

/** @see https://developers.cloudflare.com/ai-gateway/reference/errors/ */
function parseEnvelope(text: string): Envelope | undefined {
  const body = parseJson(text)
  if (!isObject(body) || body['success'] !== false) return undefined
  const first: unknown = [body['error'], body['errors']].flat().find(isObject)
  if (!isObject(first)) return undefined
  const { code, message } = first
  if (typeof code !== 'number') return undefined
  return {
    code,
    message: typeof message === 'string' ? message : '',
    retryable: isObject(body['gw']) ? body['gw']['retryable'] : undefined,
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The refusals that have a class, by status and code. */
const refusals: Readonly<Record<string, typeof AiGatewayDoesNotExist | typeof AiGatewayUnauthorizedError>> = {
  '400 2001': AiGatewayDoesNotExist,
  '401 2009': AiGatewayUnauthorizedError,
}

type Refused = Pick<AiGatewayErrorFacts, 'url' | 'responseBody'> & { meta: ResponseMeta; response: Response }

function toError({ code, message, retryable }: Envelope, { response, ...refusal }: Refused): AiGatewayError {
  const { status, headers } = response
  const facts: AiGatewayErrorFacts = {
    ...refusal,
    code,
    statusCode: status,
    responseHeaders: Object.fromEntries(headers),
    ...(typeof retryable === 'boolean' && { isRetryable: retryable }),
  }
  const said = message && ` The gateway says: ${message}`
  const Refusal = refusals[`${status} ${code}`]
  if (Refusal) return new Refusal(Refusal.advice + said, facts)
  return new AiGatewayError(message || `The gateway answered with status ${status} and code ${code}.`, facts)
}
