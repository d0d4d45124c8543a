import type { Deps } from '@gw/gateway'

/** A provider that fails so, whatever the model is called: only the model's own name has a price. */
export const failing =
  (provider: string, fault: string) =>
  ({ fetch }: Deps): Partial<Deps> => ({
    fetch: (request) => {
      if (!new URL(request.url).pathname.startsWith(`/${provider}/`)) return fetch(request)
      const failed = new Request(request)
      failed.headers.set('x-sim-fault', fault)
      return fetch(failed)
    },
  })
