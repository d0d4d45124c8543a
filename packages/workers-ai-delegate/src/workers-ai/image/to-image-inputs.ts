import {
  UnsupportedFunctionalityError,
  type ImageModelV4CallOptions,
  type ImageModelV4File,
  type SharedV4Warning,
} from '@ai-sdk/provider'
import { fromBase64, toBase64 } from '../run/base64.ts'
import { compact } from '../run/json.ts'
import { readCallOptions } from '../run/read-call-options.ts'
import { imageKindOf, type ImageKind } from './image-kinds.ts'
import { toMultipart } from './to-multipart.ts'

/** An image call in the words of `run`. */
export interface ImageRequest {
  /** The inputs of one run, made anew for each, as a form can be sent once. */
  toInputs(seed: number | undefined): Record<string, unknown>
  warnings: SharedV4Warning[]
}

/** Converts a call. What the model has no field for is a warning; images by URL throw, as nothing here fetches them. */
export function toImageRequest(options: ImageModelV4CallOptions, modelId: string): ImageRequest {
  const kind = imageKindOf(modelId)
  const warnings: SharedV4Warning[] = []
  const files = takeFiles(options, kind, warnings)
  const mask = takeMask(options, kind, warnings)
  if (options.aspectRatio !== undefined) {
    warnings.push({ type: 'unsupported', feature: 'aspectRatio', details: 'Use `size`.' })
  }
  const [width, height] = sizeOf(options.size)
  const own = toFields(readCallOptions(options.providerOptions), kind)
  const fieldsOf = (seed: number | undefined) => compact({ prompt: options.prompt ?? '', width, height, seed, ...own })
  return {
    toInputs: (seed) =>
      kind.input === 'multipart'
        ? { multipart: toMultipart(fieldsOf(seed), files) }
        : { ...fieldsOf(seed), ...toImageFields(files, mask) },
    warnings,
  }
}

/** An image that is at hand. */
export interface ImageBytes {
  bytes: Uint8Array<ArrayBuffer>
  mediaType: string
}

function takeFiles(
  { files = [] }: ImageModelV4CallOptions,
  kind: ImageKind,
  warnings: SharedV4Warning[],
): ImageBytes[] {
  if (files.length > kind.files) {
    const details =
      kind.files === 0 ? 'The model takes no images.' : `The model takes ${kind.files}; the others were left out.`
    warnings.push({ type: 'unsupported', feature: 'files', details })
  }
  return files.slice(0, kind.files).map(toBytes)
}

function takeMask(
  { mask }: ImageModelV4CallOptions,
  kind: ImageKind,
  warnings: SharedV4Warning[],
): ImageBytes | undefined {
  if (mask === undefined) return undefined
  if (kind.mask) return toBytes(mask)
  warnings.push({ type: 'unsupported', feature: 'mask', details: 'The model takes no mask.' })
  return undefined
}

function toBytes(file: ImageModelV4File): ImageBytes {
  if (file.type === 'file') {
    const { data, mediaType } = file
    return { bytes: typeof data === 'string' ? fromBase64(data) : new Uint8Array(data), mediaType }
  }
  const [, mediaType] = /^data:([^;,]+)/.exec(file.url) ?? []
  if (mediaType !== undefined) return { bytes: fromBase64(file.url), mediaType }
  throw new UnsupportedFunctionalityError({
    functionality: 'image-file-url',
    message: 'Workers AI takes images to edit as data. Download the image and pass its bytes.',
  })
}

/** The API knows a mask as a list of bytes only, and an image as base64 too, which is a third of the size. */
function toImageFields([image]: readonly ImageBytes[], mask: ImageBytes | undefined): object {
  return {
    ...(image && { image_b64: toBase64(image.bytes) }),
    ...(mask && { mask: Array.from(mask.bytes) }),
  }
}

/** The models have two names for the number of steps; either is understood. */
function toFields({ steps, num_steps, ...fields }: Record<string, unknown>, kind: ImageKind): Record<string, unknown> {
  const count = steps ?? num_steps
  return { ...fields, ...(count !== undefined && { [kind.steps]: count }) }
}

function sizeOf(size: string | undefined): (number | undefined)[] {
  return (size?.split('x') ?? []).map((side) => (/^\d+$/.test(side) ? Number(side) : undefined))
}
