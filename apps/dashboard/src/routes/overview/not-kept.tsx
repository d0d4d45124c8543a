import { ListMagnifyingGlassIcon } from '@phosphor-icons/react'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { Query } from '../../filters/filter.ts'
import type { RangeSearch } from '../../time-range/time-range.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { logsLink } from './logs-link.ts'

/** Says why there are no numbers for a search, and where its rows are. */
export function NotKept({
  reason,
  search,
  query,
}: {
  reason: string
  search: RangeSearch
  query: Query
}): ReactElement {
  return (
    <Card>
      <EmptyState
        icon={ListMagnifyingGlassIcon}
        title="The roll-ups cannot answer this"
        actions={
          <Link to="/logs" search={logsLink(query, search)} className="text-kumo-link underline">
            Search the logs instead
          </Link>
        }
      >
        {reason}
      </EmptyState>
    </Card>
  )
}
