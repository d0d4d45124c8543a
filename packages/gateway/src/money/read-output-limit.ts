import { isObject, type JsonObject } from '@gw/adapters'
import type { ChatLeg, NativeLeg, TaskLeg } from '../plan.ts'

/** Where a format says how long an answer may be; other fields mean nothing there, and bound nothing. */
interface LimitPlace {
  /** The object within the body; the body itself where absent. */
  inside?: string
  fields: readonly string[]
}

const byFormat: Readonly<Record<string, LimitPlace>> = {
  'openai-chat': { fields: ['max_tokens', 'max_completion_tokens'] },
  'openai-responses': { fields: ['max_output_tokens'] },
  'openai-completions': { fields: ['max_tokens'] },
  'anthropic-messages': { fields: ['max_tokens'] },
  'gemini-generate': { inside: 'generationConfig', fields: ['maxOutputTokens'] },
  'cohere-chat': { fields: ['max_tokens'] },
  'workers-ai': { fields: ['max_tokens'] },
  'bedrock-converse': { inside: 'inferenceConfig', fields: ['maxTokens'] },
  'ollama-chat': { inside: 'options', fields: ['num_predict'] },
  'ollama-generate': { inside: 'options', fields: ['num_predict'] },
}

/** The format of a native body, by how its path ends. */
const byPath: readonly [RegExp, string][] = [
  [/\/chat\/completions$/, 'openai-chat'],
  [/\/responses$/, 'openai-responses'],
  [/\/completions$/, 'openai-completions'],
  [/\/messages$/, 'anthropic-messages'],
  [/:(?:generateContent|streamGenerateContent)$/, 'gemini-generate'],
  [/\/publishers\/anthropic\/models\/[^/]+:(?:rawPredict|streamRawPredict)$/, 'anthropic-messages'],
  [/\/v2\/chat$/, 'cohere-chat'],
  [/@(?:cf|hf)\/.+$/, 'workers-ai'],
  [/\/model\/[^/]+\/converse(?:-stream)?$/, 'bedrock-converse'],
  [/\/model\/[^/]*claude[^/]*\/invoke(?:-with-response-stream)?$/, 'anthropic-messages'],
]

/** The most tokens of one answer that a request allows; `undefined` where it sets no bound that its provider knows. */
export function readOutputLimit(leg: ChatLeg | NativeLeg | TaskLeg, body: JsonObject): number | undefined {
  const format = leg.kind === 'chat' ? leg.chat.format.id : byPath.find(([ending]) => ending.test(`/${leg.path}`))?.[1]
  const place = format === undefined ? undefined : byFormat[format]
  if (!place) return undefined
  const holder = place.inside === undefined ? body : body[place.inside]
  if (!isObject(holder)) return undefined
  const limits = place.fields.flatMap((name) => {
    const limit = Number(holder[name] ?? Number.NaN)
    return limit > 0 && Number.isFinite(limit) ? [Math.ceil(limit)] : []
  })
  return limits.length > 0 ? Math.max(...limits) : undefined
}
