import type { ImagePart } from '../../chat.ts'
import { objectOf, stringOf, type JsonObject } from '../../json.ts'

/** An image block as a part; none where it names a place that only Amazon can read. */
export function readImage(image: JsonObject | undefined): ImagePart[] {
  const data = stringOf(objectOf(image?.['source'])?.['bytes'])
  if (data === undefined) return []
  const url = `data:image/${stringOf(image?.['format']) ?? 'png'};base64,${data}`
  return [{ type: 'image_url', image_url: { url } }]
}
