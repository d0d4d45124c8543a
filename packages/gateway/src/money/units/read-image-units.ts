import { isObject, type Json, type JsonObject } from '@gw/adapters'
import type { Variant } from '@gw/catalog'
import type { UnitCall, Units } from '../read-units.ts'
import { numberIn, objectIn, objectsIn, textIn, withoutZeros } from './fields.ts'
import { firstMatch, type UnitMatch, type UnitRule } from './first-match.ts'

const rules: readonly UnitRule[] = [
  { path: /\/images\/(?:generations|edits|variations)$/, read: readOpenAIImages },
  { path: /\/models\/(?<model>imagen[^/:]*):predict$/, read: readImagen },
  {
    path: /\/ideogram-v3\/(?:generate|remix|edit|reframe|replace-background)$/,
    providers: ['ideogram'],
    read: readIdeogram3,
  },
  { path: /\/(?:generate|remix)$/, providers: ['ideogram'], read: readIdeogram },
  { path: /\/predictions(?:\/[^/]+)?$/, providers: ['replicate'], read: readReplicate },
  { path: /(?<model>@(?:cf|hf)\/.+)$/, providers: ['workers-ai'], read: readWorkersAI },
  { path: /^\/(?<model>[\w.-]+(?:\/[\w.-]+)+?)(?:\/requests\/[^/]+)?$/, providers: ['fal'], read: readFal },
]

/** Images that a call made, with what their price depends on; the tokens of those that are billed by them. */
export function readImageUnits(call: UnitCall): Units | undefined {
  return firstMatch(rules, call)
}

/** Sizes and qualities that OpenAI makes where the request names none; its later models say in the answer. */
const defaults: Readonly<Record<string, Variant>> = {
  'dall-e-2': { size: '1024x1024' },
  'dall-e-3': { size: '1024x1024', quality: 'standard' },
}

/** @see https://platform.openai.com/docs/api-reference/images */
function readOpenAIImages({ request, answer }: UnitCall): Units | undefined {
  const tokens = imageTokens(objectIn(answer, 'usage'))
  if (tokens) return { usage: tokens }
  const made = objectsIn(answer, 'data')
  if (made.length === 0) return undefined
  const usual = defaults[textIn(request?.['model']) ?? ''] ?? {}
  const size = sizeOf(answer) ?? sizeOf(request) ?? usual.size
  const quality = said(answer, 'quality') ?? said(request, 'quality') ?? usual.quality
  return { usage: { images: made.length }, ...withVariant(size, quality) }
}

/** The tokens of an image, where they are reported: all of the answer's are the image's unless it says otherwise. */
function imageTokens(usage: JsonObject | undefined): Units['usage'] | undefined {
  const input = numberIn(usage?.['input_tokens'])
  const output = numberIn(usage?.['output_tokens'])
  if (!usage || input === undefined || output === undefined) return undefined
  const inputImage = numberIn(objectIn(usage, 'input_tokens_details')?.['image_tokens']) ?? 0
  const outputText = numberIn(objectIn(usage, 'output_tokens_details')?.['text_tokens']) ?? 0
  return withoutZeros({
    input: Math.max(0, input - inputImage),
    input_image: inputImage,
    output: outputText,
    output_image: Math.max(0, output - outputText),
  })
}

const sizeOf = (body: JsonObject | undefined): string | undefined => {
  const size = said(body, 'size')
  return size !== undefined && /^\d+x\d+$/.test(size) ? size : undefined
}

/** What a field says, where that is a value and not the provider's choice. */
function said(body: JsonObject | undefined, field: string): string | undefined {
  const value = textIn(body?.[field])
  return value === 'auto' ? undefined : value
}

function withVariant(size: string | undefined, quality: string | undefined): { variant?: Variant } {
  const variant = { ...(size !== undefined && { size }), ...(quality !== undefined && { quality }) }
  return Object.keys(variant).length > 0 ? { variant } : {}
}

/** Images that the filter held back are not charged. @see https://cloud.google.com/vertex-ai/generative-ai/pricing */
function readImagen({ answer }: UnitCall, { groups }: UnitMatch): Units | undefined {
  const images = objectsIn(answer, 'predictions').filter(
    (made) => textIn(made['bytesBase64Encoded']) ?? textIn(made['gcsUri']),
  ).length
  const { model = '' } = groups
  return answer?.['predictions'] === undefined ? undefined : { usage: withoutZeros({ images }), model }
}

/** @see https://developer.ideogram.ai/api-reference/api-reference/generate-v3 */
function readIdeogram3({ request, answer }: UnitCall): Units | undefined {
  const images = objectsIn(answer, 'data').length
  if (images === 0) return undefined
  const quality = (textIn(request?.['rendering_speed']) ?? 'DEFAULT').toLowerCase()
  const hasCharacter = request?.['character_reference_images'] !== undefined
  return {
    usage: { images },
    variant: { quality, ...(hasCharacter && { mode: 'character' }) },
    model: 'ideogram-v3',
  }
}

/** The first API. @see https://developer.ideogram.ai/api-reference/api-reference/generate */
function readIdeogram({ request, answer }: UnitCall): Units | undefined {
  const images = objectsIn(answer, 'data').length
  const model = textIn(objectIn(request, 'image_request')?.['model'])
  return images === 0 ? undefined : { usage: { images }, ...(model !== undefined && { model }) }
}

/** Where an answer is addresses of pictures. @see https://replicate.com/docs/reference/http#predictions.get */
function readReplicate({ answer }: UnitCall): Units | undefined {
  const output = answer?.['output']
  const made = Array.isArray(output) ? output : [output]
  const model = textIn(answer?.['model'])
  if (answer?.['status'] !== 'succeeded' || !made.every(isPicture)) return undefined
  return { usage: { images: made.length }, ...(model !== undefined && { model }) }
}

const isPicture = (value: Json | undefined): boolean =>
  typeof value === 'string' && /^https?:\/\/\S+\.(?:png|jpe?g|webp|avif|svg|gif)(?:\?|$)|^data:image\//.test(value)

/** What a model of Workers AI makes where the request names nothing else; FLUX.1 takes no size at all. */
const workersAIDefaults: Readonly<Record<string, Variant>> = {
  '@cf/black-forest-labs/flux-1-schnell': { size: '1024x1024', steps: 4 },
}

/** @see https://developers.cloudflare.com/workers-ai/models/flux-1-schnell/ */
function readWorkersAI({ request, answer }: UnitCall, { groups }: UnitMatch): Units | undefined {
  const { model = '' } = groups
  const result = objectIn(answer, 'result') ?? answer
  if (textIn(result?.['image']) === undefined) return undefined
  const width = numberIn(request?.['width'])
  const height = numberIn(request?.['height'])
  const steps = numberIn(request?.['steps']) ?? numberIn(request?.['num_steps'])
  const variant: Variant = {
    ...(width !== undefined && height !== undefined && { size: `${width}x${height}` }),
    ...workersAIDefaults[model],
    ...(steps !== undefined && { steps }),
    ...(hasInputImage(request) && { mode: 'edit' }),
  }
  return { usage: { images: 1 }, ...(Object.keys(variant).length > 0 && { variant }), model }
}

const hasInputImage = (request: JsonObject | undefined): boolean =>
  Object.keys(request ?? {}).some((field) => /^(?:image|input_image|mask)/.test(field))

/** @see https://docs.fal.ai/model-apis/model-endpoints/synchronous-requests */
function readFal({ answer }: UnitCall, { groups }: UnitMatch): Units | undefined {
  const list = objectsIn(answer, 'images')
  const one = answer?.['image']
  const made = list.length > 0 ? list : isObject(one) ? [one] : []
  const [first] = made
  const width = numberIn(first?.['width'])
  const height = numberIn(first?.['height'])
  const { model = '' } = groups
  if (!first) return undefined
  const size = width !== undefined && height !== undefined ? `${width}x${height}` : undefined
  return { usage: { images: made.length }, ...withVariant(size, undefined), model }
}
