import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query'
import { notify } from '../ui/toasts.ts'
import type { Answer, Api, Options } from './admin-api.ts'
import { ask } from './api.ts'

interface WriteOptions<K extends keyof Api & string> {
  /** Operations whose answers may be different now. */
  invalidates?: readonly (keyof Api)[]
  /** What the toast says. */
  success?: string
  onSuccess?: (answer: Answer<K>) => void
}

/**
 * A write, with its toasts; what it changes is read again.
 * @example
 * const remove = useWrite('DELETE /budgets/:id', { invalidates: ['GET /budgets'], success: 'Budget removed' })
 * remove.mutate({ params: { id }, query: { org_id: org.id } })
 */
export function useWrite<K extends keyof Api & string>(
  operation: K,
  { invalidates = [], success, onSuccess }: WriteOptions<K> = {},
): UseMutationResult<Answer<K>, Error, Options<K>> {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (options: Options<K>): Promise<Answer<K>> => ask(operation, options),
    onSuccess: async (answer) => {
      if (success) notify({ title: success, variant: 'success' })
      onSuccess?.(answer)
      await Promise.all(invalidates.map((key) => queries.invalidateQueries({ queryKey: [key] })))
    },
    onError: (error) => notify({ title: 'That did not work', description: error.message, variant: 'error' }),
  })
}
