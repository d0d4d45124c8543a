/** True for a name that stands for no one model: a dynamic route, or a strategy that chooses. */
export function isRouted(name: string | undefined): boolean {
  return name !== undefined && /^(?:dynamic\/|auto(?:\/|$)|cloudflare\/auto$)/.test(name)
}
