import { aws } from './overlay/aws.ts'
import { cloudflare } from './overlay/cloudflare.ts'
import { cohere } from './overlay/cohere.ts'
import { deepgram } from './overlay/deepgram.ts'
import { google, googleAIStudio, googleVertexAI } from './overlay/google.ts'
import { groq, groqAdditions } from './overlay/groq.ts'
import { ideogram } from './overlay/ideogram.ts'
import { mistral } from './overlay/mistral.ts'
import { openai, openaiAdditions } from './overlay/openai.ts'
import { replicate } from './overlay/replicate.ts'
import { xAI } from './overlay/x-ai.ts'
import type { ModelRow, UsdPrices } from './price-table.ts'

/** Raised whenever a price in `overlay/` or the table of neurons changes; part of `priceVersion`. */
export const overlayVersion = 2

/** Id of a row that stands for every model of its provider. */
export const anyModel = '*'

/** Models and prices that the data lacks or has less exactly, by provider of the data; they come before the data's. */
export const overlay: Readonly<Record<string, readonly ModelRow[]>> = {
  own: [[anyModel, '*', 0, { input: 0, output: 0 }]],
  aws,
  cloudflare,
  cohere,
  deepgram,
  google,
  'google-ai-studio': googleAIStudio,
  'google-vertex-ai': googleVertexAI,
  groq,
  ideogram,
  mistral,
  openai,
  replicate,
  'x-ai': xAI,
}

/** Classes that the data lacks of models that it has, or has less exactly. */
export const additions: Readonly<Record<string, Readonly<Record<string, UsdPrices>>>> = {
  groq: groqAdditions,
  openai: openaiAdditions,
}
