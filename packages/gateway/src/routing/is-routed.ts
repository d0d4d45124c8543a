/** True for a name that stands for no one model: a dynamic route, or a strategy that chooses. */
export function isRouted(name: string | undefined): boolean {
  return isStrategy(name) || (name?.startsWith('dynamic/') ?? false)
}

/** True for `auto`, `auto/{strategy}`, and Cloudflare's name for its own. */
export function isStrategy(name: string | undefined): boolean {
  return name !== undefined && /^(?:auto(?:\/|$)|cloudflare\/auto$)/.test(name)
}
