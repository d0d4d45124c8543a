import type { ImagePart } from '../../chat.ts'
import { stringOf, type JsonObject } from '../../json.ts'

/** The image that an item of the image generation tool holds, once there is one. */
export function readImage(item: JsonObject): ImagePart | undefined {
  const data = stringOf(item['result'])
  if (item['type'] !== 'image_generation_call' || !data) return undefined
  const type = stringOf(item['output_format']) ?? typeOf(data)
  return { type: 'image_url', image_url: { url: `data:image/${type};base64,${data}` } }
}

/** How the base64 of each image type begins. */
const beginnings: readonly [string, string][] = [
  ['/9j/', 'jpeg'],
  ['UklGR', 'webp'],
  ['R0lGOD', 'gif'],
]

const typeOf = (data: string): string => beginnings.find(([start]) => data.startsWith(start))?.[1] ?? 'png'
