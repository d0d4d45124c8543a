import { dataVersion } from './generated/prices.ts'
import { overlayVersion } from './overlay.ts'

/** Version of all prices, for the log row: the data's and the overlay's. */
export const priceVersion = `${dataVersion}+overlay.${overlayVersion}`
