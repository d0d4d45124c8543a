import { AiGatewayError, type AiGatewayErrorFacts } from './ai-gateway-error.ts'

/** The account has no gateway of that name. */
export class AiGatewayDoesNotExist extends AiGatewayError {
  override name = 'AiGatewayDoesNotExist'

  /** What to do about it. */
  static readonly advice = 'There is no such gateway. Check `gateway` and `accountId`.'

  constructor(message: string = AiGatewayDoesNotExist.advice, facts: AiGatewayErrorFacts = {}) {
    super(message, { code: 2001, statusCode: 400, ...facts })
  }
}
