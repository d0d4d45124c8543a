/** What is needed of an answer's headers; the platform's `Headers` fits. */
export interface HeaderReader {
  get(name: string): string | null
}
