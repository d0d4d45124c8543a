import type { ChatResponse, Choice } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { formatAnnotations } from './format-annotations.ts'
import { formatUsage } from './format-usage.ts'

/** Writes a chat completion; extensions keep the names that clients already read. */
export function formatResponse({ choices, usage, extra, ...answer }: ChatResponse): JsonObject {
  return {
    ...extra,
    ...answer,
    choices: choices.map(formatChoice),
    ...(usage && { usage: formatUsage(usage) }),
  }
}

function formatChoice({ message, logprobs = null, stop_sequence: _, ...choice }: Choice): JsonObject {
  const { refusal = null, annotations, ...fields } = message
  return { ...choice, logprobs, message: { ...toJson(fields), ...formatAnnotations(annotations), refusal } }
}

/** The canonical types are plain JSON; only their declared shape is narrower than `JsonObject`. */
function toJson(value: object): JsonObject {
  return { ...value }
}
