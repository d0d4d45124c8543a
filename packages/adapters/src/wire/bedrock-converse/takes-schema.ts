import { modelGeneration } from '../anthropic-messages/model-generation.ts'
import { familyOf } from './model-family.ts'

const openModels =
  /qwen3|gpt-oss|deepseek\.v3|gemma-3|minimax|mistral-large-3|ministral|magistral|voxtral|kimi|nemotron/i

/**
 * True for models that hold their answer, or a strict tool's input, to a schema.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html
 */
export function takesSchema(model: string): boolean {
  return familyOf(model) === 'claude' ? modelGeneration(model) >= 405 : openModels.test(model)
}
