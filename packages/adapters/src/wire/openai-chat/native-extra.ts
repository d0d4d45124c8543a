import type { ChatRequest } from '../../chat.ts'
import type { Json, JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'

/** Fields that mean nothing when they are off. */
const isOff = (value: Json | undefined): boolean => value === undefined || value === null || value === false

/**
 * The caller's own fields, where the caller speaks the target's format; else a warning for each that says something.
 * @throws WireError `unsupported` when the caller wants an answer in more than text.
 */
export function nativeExtra(
  { extra = {}, extra_format }: ChatRequest,
  { formatId, warnings }: { formatId: string; warnings: Set<string> },
): JsonObject {
  if (extra_format === formatId) return extra
  const { modalities } = extra
  if (Array.isArray(modalities) && modalities.some((modality) => modality !== 'text')) {
    throw new WireError('unsupported', 'This provider answers in text only.', 'modalities')
  }
  for (const [field, value] of Object.entries(extra)) if (!isOff(value)) warnings.add(field)
  return {}
}
