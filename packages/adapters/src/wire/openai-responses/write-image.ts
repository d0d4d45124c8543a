import type { ImagePart } from '../../chat.ts'
import type { ItemSink } from './item-sink.ts'

/** Writes an image as what the image tool would have made; `false` for one that is elsewhere. */
export function writeImage({ image_url }: ImagePart, sink: ItemSink): boolean {
  const [, type, data] = /^data:image\/([\w.+-]+);base64,(.*)$/s.exec(image_url.url) ?? []
  if (type === undefined || data === undefined) return false
  const id = sink.createId('ig')
  const item = { id, type: 'image_generation_call', status: 'in_progress', result: null }
  const place = { item_id: id, output_index: sink.open(item) }
  sink.emit('response.image_generation_call.in_progress', place)
  sink.emit('response.image_generation_call.completed', place)
  sink.close(place.output_index, { ...item, status: 'completed', output_format: type, result: data })
  return true
}
