import { AiGatewayError, type AiGatewayErrorFacts } from './ai-gateway-error.ts'

/** The gateway wants a key and got none that it knows. */
export class AiGatewayUnauthorizedError extends AiGatewayError {
  override name = 'AiGatewayUnauthorizedError'

  /** What to do about it. */
  static readonly advice = 'The gateway refused its key. Pass a valid `apiKey`.'

  constructor(message: string = AiGatewayUnauthorizedError.advice, facts: AiGatewayErrorFacts = {}) {
    super(message, { code: 2009, statusCode: 401, ...facts })
  }
}
