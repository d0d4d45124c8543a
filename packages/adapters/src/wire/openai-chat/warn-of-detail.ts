import type { ImagePart } from '../../chat.ts'

/** Names the wish for a coarse or fine look at an image, for targets that look as they like. */
export function warnOfDetail({ image_url: { detail } }: ImagePart, warnings: Set<string>): void {
  if (detail !== undefined && detail !== 'auto') warnings.add('image_url.detail')
}
