import { formatId as anthropicId } from '../anthropic-messages/format-id.ts'
import { formatId } from './format-id.ts'
import { familyOf } from './model-family.ts'

/**
 * Whose words signed reasoning of a model is in. Claude's signatures hold wherever the model is hosted.
 * @see https://platform.claude.com/docs/en/build-with-claude/extended-thinking
 */
export function reasoningFormat(model: string): string {
  return familyOf(model) === 'claude' ? anthropicId : formatId
}
