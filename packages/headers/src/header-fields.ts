import type { Codec } from './codec.ts'

/** One header: the option or answer field it carries, its name, another name that is only read, and its codec. */
export interface HeaderField {
  readonly field: string
  readonly name: string
  readonly otherName: string | undefined
  readonly codec: Codec<unknown>
}

/** The table of codecs by prefix and field; a name is the prefix and the field in kebab-case: `cf-aig-cache-ttl`. */
export function headerFields(
  codecs: Readonly<Record<string, Readonly<Record<string, Codec<unknown>>>>>,
  otherNames: Readonly<Record<string, string>>,
): readonly HeaderField[] {
  return Object.entries(codecs).flatMap(([prefix, fields]) =>
    Object.entries(fields).map(([field, codec]) => ({
      field,
      name: prefix + field.replace(/Ms$/, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      otherName: otherNames[field],
      codec,
    })),
  )
}
