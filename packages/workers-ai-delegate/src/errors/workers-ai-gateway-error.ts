import { GatewayDelegateError, type GatewayDelegateErrorKind } from '@gw/adapters/resumable-stream'
import { workersAiStatusOf } from '@gw/adapters/workers-ai-status'
import { codeInMessage } from '../workers-ai/run/error-codes.ts'
import { isAbortError } from '../workers-ai/run/is-abort-error.ts'
import { isObject, numberOf, parseJson, stringOf } from '../workers-ai/run/json.ts'
import { classifyStatus, type Classification, type GatewayErrorCode } from './classify-status.ts'
import { extractErrorMessage } from './extract-error-message.ts'

/** Which call failed. */
export interface GatewayErrorContext {
  /** Slug of the provider on the gateway. */
  provider?: string
  modelId?: string
  transport?: 'run' | 'gateway'
  status?: number | null
  logId?: string | null
  runId?: string | null
}

/** What a `WorkersAIGatewayError` carries besides its code and message. */
export interface WorkersAIGatewayErrorOptions {
  /** Default: `false`. */
  recoverable?: boolean
  status?: number | null
  context?: GatewayErrorContext
  /** The body, parsed where it is JSON. */
  raw?: unknown
  cause?: unknown
}

const kinds: Readonly<Record<GatewayDelegateErrorKind, Classification>> = {
  config: { code: 'bad-request', recoverable: false },
  dispatch: { code: 'gateway-error', recoverable: true },
  provider: { code: 'provider-error', recoverable: true },
  'resume-expired': { code: 'resume-expired', recoverable: true },
}

/** One call through a gateway that failed. */
export class WorkersAIGatewayError extends Error {
  override readonly name = 'WorkersAIGatewayError'
  readonly code: GatewayErrorCode
  /** Whether a retry, or another model, may succeed. */
  readonly recoverable: boolean
  readonly status: number | null
  readonly context: GatewayErrorContext
  readonly raw?: unknown
  override readonly cause?: unknown

  constructor(code: GatewayErrorCode, message: string, options: WorkersAIGatewayErrorOptions = {}) {
    super(message)
    this.code = code
    this.recoverable = options.recoverable ?? false
    this.status = options.status ?? null
    this.context = options.context ?? {}
    this.raw = options.raw
    this.cause = options.cause
  }

  /**
   * Classifies whatever was thrown: the AI SDK's `APICallError`, the binding's own errors (`5007: …`), the errors of
   * this package. What has no status counts as the gateway's and as recoverable, except a cancellation.
   */
  static fromUnknown(error: unknown): WorkersAIGatewayError {
    if (error instanceof WorkersAIGatewayError) return error
    const message = error instanceof Error ? error.message : String(error)
    if (isAbortError(error)) return new WorkersAIGatewayError('unknown', message, { cause: error })
    if (error instanceof GatewayDelegateError) {
      const { code, recoverable } = kinds[error.kind]
      return new WorkersAIGatewayError(code, message, { recoverable, cause: error })
    }

    const { status, body, retryable } = readThrown(error, message)
    if (status === undefined)
      return new WorkersAIGatewayError('gateway-error', message, { recoverable: true, cause: error })
    const { code, recoverable } = classifyStatus(status)
    return new WorkersAIGatewayError(code, extractErrorMessage(body) ?? message, {
      recoverable: retryable ?? recoverable,
      status,
      raw: parseJson(body ?? '') ?? body,
      cause: error,
    })
  }

  /** The error that a response reports; reads its body. */
  static async fromResponse(response: Response, context: GatewayErrorContext = {}): Promise<WorkersAIGatewayError> {
    const { status, headers } = response
    const text = await response.text().catch(() => '')
    const { code, recoverable } = classifyStatus(status)
    return new WorkersAIGatewayError(code, extractErrorMessage(text) ?? `The gateway answered with HTTP ${status}.`, {
      recoverable,
      status,
      raw: parseJson(text) ?? text,
      context: { ...context, status, logId: headers.get('cf-aig-log-id'), runId: headers.get('cf-aig-run-id') },
    })
  }
}

function readThrown(error: unknown, message: string) {
  const fields = isObject(error) ? error : {}
  return {
    status: numberOf(fields['statusCode']) ?? numberOf(fields['status']) ?? workersAiStatusOf(codeInMessage(message)),
    body: stringOf(fields['responseBody']),
    retryable: typeof fields['isRetryable'] === 'boolean' ? fields['isRetryable'] : undefined,
  }
}
