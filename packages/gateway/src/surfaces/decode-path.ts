/** A part of a path without its escapes; one that is escaped wrongly stays as it is, for the provider to judge. */
export function decodePath(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
