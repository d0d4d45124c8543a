import type { Call, Format } from '../format.ts'

/** What a vendor does besides chat, with one JSON object in and one out. */
export interface Task {
  id: string
  /** Recognises the vendor's path; the first group, if any, is the model. */
  path: RegExp
  /** Whose credential is wanted, and in whose words errors are said. */
  format: Pick<Format, 'credential' | 'toError' | 'headers'>
  /** Throws a ShapeError or a Rejection when the vendor would answer 400. */
  answer(call: Call): object
}
