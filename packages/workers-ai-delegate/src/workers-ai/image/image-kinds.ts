/** What differs between the image models' inputs. */
export interface ImageKind {
  /** How the inputs travel. */
  input: 'json' | 'multipart'
  /** The field for the number of diffusion steps. */
  steps: 'steps' | 'num_steps'
  /** How many images the model takes. */
  files: number
  /** Whether it takes a mask. */
  mask: boolean
}

/**
 * By model id; the first that fits.
 * @see https://developers.cloudflare.com/workers-ai/models/?tasks=Text-to-Image
 */
const kinds: readonly [RegExp, ImageKind][] = [
  [/flux-2-/, { input: 'multipart', steps: 'steps', files: 4, mask: false }],
  [/flux-1-/, { input: 'json', steps: 'steps', files: 0, mask: false }],
  [/leonardo\//, { input: 'json', steps: 'num_steps', files: 0, mask: false }],
  [/inpainting/, { input: 'json', steps: 'num_steps', files: 1, mask: true }],
  [/stable-diffusion|dreamshaper/, { input: 'json', steps: 'num_steps', files: 1, mask: false }],
]

/** A model that nobody knows yet is offered everything. */
const unknownKind: ImageKind = { input: 'json', steps: 'num_steps', files: 1, mask: true }

/** The kind of an image model. */
export function imageKindOf(modelId: string): ImageKind {
  return kinds.find(([pattern]) => pattern.test(modelId))?.[1] ?? unknownKind
}
