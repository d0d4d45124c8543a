import { AiGatewayError, type AiGatewayErrorFacts } from './ai-gateway-error.ts'

/** The account has no gateway of that name. */
export class AiGatewayDoesNotExist extends AiGatewayError {
  override name = 'AiGatewayDoesNotExist'

  constructor(message = 'There is no such gateway. Check `gateway` and `accountId`.', facts: AiGatewayErrorFacts = {}) {
    super(message, { code: 2001, statusCode: 400, ...facts })
  }
}
