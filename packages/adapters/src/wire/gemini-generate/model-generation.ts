/**
 * The generation of a Gemini model as `major × 100 + minor` (2.5 is 205), 300 for a Gemini name without a number, such as
 * `gemini-flash-latest`, and 0 for a model that is no Gemini.
 */
export function modelGeneration(model: string): number {
  if (!/gemini/i.test(model)) return 0
  const [, major, minor] = /gemini-(\d+)(?:\.(\d+))?/i.exec(model) ?? []
  return major === undefined ? 300 : Number(major) * 100 + Number(minor ?? 0)
}
