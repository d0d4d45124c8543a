import { Button } from '@cloudflare/kumo/components/button'
import { TerminalWindowIcon } from '@phosphor-icons/react'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { api } from '../../../api/api.ts'
import { ApiError } from '../../../api/api-error.ts'
import type { LogRow } from '../../../api/wire.ts'
import { notify } from '../../../ui/toasts.ts'
import { toCurl } from './to-curl.ts'

/** Copies the request as a command; with its body, where that is kept. */
export function CopyCurlButton({ row }: { row: LogRow }): ReactElement {
  const copy = useMutation({
    mutationFn: async () => {
      const body = await readBody(row)
      await navigator.clipboard.writeText(toCurl(row, location.origin, body))
      return body !== undefined
    },
    onSuccess: (hasBody) =>
      notify(
        hasBody
          ? { title: 'Copied as curl', variant: 'success' }
          : {
              title: 'Copied without its body',
              description: 'The gateway has not kept what was asked.',
              variant: 'info',
            },
      ),
    onError: (error) => notify({ title: 'Not copied', description: error.message, variant: 'error' }),
  })
  return (
    <Button size="sm" icon={TerminalWindowIcon} loading={copy.isPending} onClick={() => copy.mutate()}>
      Copy as curl
    </Button>
  )
}

/** `undefined` where it is not kept, or not for this user. */
async function readBody({ id, org_id: orgId }: LogRow): Promise<string | undefined> {
  try {
    return (await api('GET /logs/:id/request', { params: { id }, query: { org_id: orgId } })).text
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 403)) return undefined
    throw error
  }
}
