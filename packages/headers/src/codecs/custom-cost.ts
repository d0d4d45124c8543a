import type { Codec } from '../codec.ts'
import { isAmount } from './amount.ts'
import { isJsonObject, jsonObject } from './json-object.ts'

/** A caller's own price: dollars per token, or dollars for the whole request. */
export type CustomCost =
  | {
      /** USD per input token. */
      perTokenIn: number
      /** USD per output token. */
      perTokenOut: number
      /** USD per token read from the provider's cache; `perTokenIn` unless set. */
      perCacheReadToken?: number
      /** USD per token written to the provider's cache; `perTokenIn` unless set. */
      perCacheWriteToken?: number
    }
  | {
      /** USD for the request. */
      totalCost: number
    }

const fieldSets = /^(?:totalCost|(?:perCacheReadToken,)?(?:perCacheWriteToken,)?perTokenIn,perTokenOut)$/

const accepts = (value: unknown): value is CustomCost =>
  isJsonObject(value) && Object.values(value).every(isAmount) && fieldSets.test(Object.keys(value).toSorted().join(','))

/** @see https://developers.cloudflare.com/ai-gateway/configuration/custom-costs/ */
export const customCost: Codec<CustomCost> = {
  limit: 'USD: perTokenIn and perTokenOut, or totalCost',
  accepts,
  read: (text) => jsonObject.read?.(text.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())),
  write: (value) => jsonObject.write?.(value)?.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
}
