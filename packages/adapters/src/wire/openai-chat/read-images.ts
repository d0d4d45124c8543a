import type { ImagePart } from '../../chat.ts'
import { objectOf, objectsOf, stringOf, type JsonObject } from '../../json.ts'

/** The images of an answer, as `images: [{ type: 'image_url', image_url: { url } }]`. */
export function readImages(message: JsonObject): ImagePart[] {
  return objectsOf(message['images']).flatMap((image) => {
    const url = stringOf(objectOf(image['image_url'])?.['url'])
    return url === undefined ? [] : [{ type: 'image_url', image_url: { url } }]
  })
}
