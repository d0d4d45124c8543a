import { stringOf } from '../json.ts'
import { WireError } from '../wire-error.ts'
import { parseUsage } from '../wire/openai-chat/parse-usage.ts'
import type { ModerationFormat } from './moderation.ts'

/**
 * OpenAI's moderations; Mistral's have other categories in the same frame.
 * @see https://platform.openai.com/docs/api-reference/moderations
 */
export const openaiModeration: ModerationFormat = {
  id: 'openai-moderation',
  path: () => '/moderations',
  parseRequest: (body, model = stringOf(body['model'])) => {
    const { input } = body
    if (typeof input !== 'string' && !(Array.isArray(input) && input.length > 0))
      throw new WireError('invalid_request', '`input` must be a string, or an array of strings or parts.', 'input')
    return { model: model ?? '', body }
  },
  formatResponse: ({ body }) => body,
  formatRequest: ({ model, body }) => ({ body: { ...body, model }, warnings: [] }),
  parseResponse: (body) => {
    const usage = parseUsage(body['usage'])
    const model = stringOf(body['model'])
    return { body, ...(model !== undefined && { model }), ...(usage && { usage }) }
  },
}
