/**
 * The generation of a Claude model as `major × 100 + minor` (4.6 is 406), under any host's spelling of the name. A Claude
 * name without a number counts as the newest; a model that is no Claude (servers that copied the API) as 400.
 */
export function modelGeneration(model: string): number {
  if (!/claude/i.test(model)) return 400
  const [, major, minor] = /claude-(?:[a-z]+-)?(\d+)(?:[-.](\d{1,2})(?!\d))?/i.exec(model) ?? []
  return major === undefined ? Number.POSITIVE_INFINITY : Number(major) * 100 + Number(minor ?? 0)
}
