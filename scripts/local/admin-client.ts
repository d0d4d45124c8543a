/** Where a gateway is, and what opens its control plane. */
export interface AdminOptions {
  url: string
  adminKey: string
}

/** Calls to a gateway's control plane; one that fails says why and ends the process with 1. */
export function createAdminClient({ url, adminKey }: AdminOptions) {
  return {
    post: async <T>(path: string, body: object): Promise<T> => {
      const response = await fetch(`${url.replace(/\/+$/, '')}/api/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }).catch((error: unknown) => exitWith(`${url} cannot be reached: ${reasonOf(error)}. Check --url.`))
      const text = await response.text()
      if (!response.ok) exitWith(`${url} answered ${response.status}: ${messageOf(text)}`)
      return JSON.parse(text)
    },
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}

/** What the gateway says, or the beginning of what somebody else does. */
function messageOf(text: string): string {
  try {
    const { error }: { error?: { message?: string } } = JSON.parse(text)
    return error?.message ?? text.slice(0, 300)
  } catch {
    return text.slice(0, 300)
  }
}

function exitWith(message: string): never {
  console.error(message)
  process.exit(1)
}
