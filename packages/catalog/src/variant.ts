/** What was asked of a model beyond its name, where the price depends on it; a field that isn't said is absent. */
export interface Variant {
  /** Pixels of an image: `1024x1024`. */
  readonly size?: string
  /** Of an image: `hd`, `low`; Ideogram's rendering speed in lower case: `turbo`. */
  readonly quality?: string
  /** Steps of a diffusion model. */
  readonly steps?: number
  /** Anything else in the vendor's words: `annotated` (Mistral OCR), `multilingual` (Deepgram), `edit`. */
  readonly mode?: string
}
