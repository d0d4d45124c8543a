import { AiGatewayError, type AiGatewayErrorFacts } from './ai-gateway-error.ts'

/** The gateway wants a key and got none that it knows. */
export class AiGatewayUnauthorizedError extends AiGatewayError {
  override name = 'AiGatewayUnauthorizedError'

  constructor(message = 'The gateway refused its key. Pass a valid `apiKey`.', facts: AiGatewayErrorFacts = {}) {
    super(message, { code: 2009, statusCode: 401, ...facts })
  }
}
