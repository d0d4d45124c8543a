import type { ImageBytes } from './to-image-inputs.ts'

/** A form with the fields and the images, as the models want it that take a form and nothing else. */
export interface Multipart {
  body: ReadableStream<Uint8Array>
  contentType: string
}

/**
 * Encodes a form. As a stream with its boundary it passes every version of the runtime's binding.
 * @see https://developers.cloudflare.com/changelog/2025-11-25-flux-2-dev-workers-ai/
 */
export function toMultipart(fields: Readonly<Record<string, unknown>>, images: readonly ImageBytes[]): Multipart {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    form.append(name, typeof value === 'string' ? value : JSON.stringify(value))
  }
  for (const [index, { bytes, mediaType }] of images.entries()) {
    form.append(`input_image_${index}`, new Blob([bytes], { type: mediaType }), `image-${index}`)
  }
  const encoded = new Response(form)
  const body = encoded.body ?? new Blob([]).stream()
  return { body, contentType: encoded.headers.get('content-type') ?? 'multipart/form-data' }
}
