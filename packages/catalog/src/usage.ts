/**
 * What a request used, in classes that do not overlap: `input` excludes cached, audio and image tokens, `output`
 * excludes reasoning, audio and image tokens, and the sum of the token classes is the provider's total.
 */
export interface Usage {
  input?: number
  cache_read?: number
  cache_write_5m?: number
  cache_write_1h?: number
  output?: number
  reasoning?: number
  input_audio?: number
  output_audio?: number
  input_image?: number
  output_image?: number
  /** Characters of text turned into speech. */
  characters?: number
  /** Seconds of audio or video; fractions count. */
  seconds?: number
  images?: number
  pages?: number
  /** Web searches that the provider made. */
  searches?: number
  /** Units of a ranking as the provider bills them: a query with up to 100 documents, at Cohere. */
  search_units?: number
  /** Workers AI's own receipt; replaces the count of tokens. */
  neurons?: number
  /** Requests, for models that cost a fee per request; 1 unless set. */
  calls?: number
}

/** One class of `Usage`. */
export type UsageClass = keyof Usage

/** Token classes that count towards a context tier. */
export const inputClasses = [
  'input',
  'cache_read',
  'cache_write_5m',
  'cache_write_1h',
  'input_audio',
  'input_image',
] as const satisfies readonly UsageClass[]

/** Token classes of an answer. */
export const outputClasses = [
  'output',
  'reasoning',
  'output_audio',
  'output_image',
] as const satisfies readonly UsageClass[]

/** Classes measured in tokens. */
export const tokenClasses = [...inputClasses, ...outputClasses] as const satisfies readonly UsageClass[]

/** Classes measured in something else. */
export const unitClasses = [
  'characters',
  'seconds',
  'images',
  'pages',
  'searches',
  'search_units',
  'neurons',
  'calls',
] as const satisfies readonly UsageClass[]
