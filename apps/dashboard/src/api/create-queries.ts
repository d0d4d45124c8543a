import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError, isSignedOut } from './api-error.ts'

/** How the dashboard reads: twice more where the gateway failed, never where it refused. */
export function createQueries({ onSignedOut }: { onSignedOut(): void }): QueryClient {
  const onError = (error: Error, key: readonly unknown[] = []): void => {
    if (isSignedOut(error) && key[0] !== 'session') onSignedOut()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => onError(error, query.queryKey) }),
    mutationCache: new MutationCache({ onError: (error) => onError(error) }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) =>
          count < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
        refetchOnWindowFocus: false,
      },
    },
  })
}
