import { pattern } from './pattern.ts'

/** Printable ASCII of bounded length without outer spaces: what survives an HTTP header unchanged. */
export const text = (maxLength: number) =>
  pattern(`1 to ${maxLength} ASCII characters, no outer spaces`, new RegExp(`^(?! )[ -~]{1,${maxLength}}(?<! )$`))
