/** Splits at white space outside quotes; the quotes stay. */
export function splitWords(text: string): string[] {
  return text.match(/(?:"(?:\\.|[^"\\])*"?|[^\s"])+/g) ?? []
}

/** Splits at commas outside quotes. */
export function splitValues(text: string): string[] {
  return text.match(/(?:"(?:\\.|[^"\\])*"?|[^,"])+/g) ?? []
}

/** Takes the quotes off. */
export function unquote(text: string): string {
  return text.startsWith('"') ? text.replace(/^"|"$/g, '').replaceAll(/\\(.)/g, '$1') : text
}

/** Puts quotes on where a word would not survive without them. */
export function quote(text: string): string {
  return text === '' || /[\s,"]|^[<>~-]/.test(text) ? `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"` : text
}
