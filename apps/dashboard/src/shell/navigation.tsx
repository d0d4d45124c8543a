import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { pages } from '../pages.ts'

const groups = [...new Set(pages.map(({ group }) => group))]

/** Links to all pages. */
export function Navigation({ onNavigate }: { onNavigate(): void }): ReactElement {
  return (
    <nav aria-label="Pages" className="min-h-0 flex-1 overflow-y-auto px-3 py-1">
      {groups.map((group) => (
        <section key={group} className="pb-3" aria-label={group}>
          <p className="px-2 pt-2 pb-1 text-xs text-kumo-subtle">{group}</p>
          <ul>
            {pages.flatMap((page) =>
              page.group === group
                ? [
                    <li key={page.path}>
                      <Link
                        to={page.path}
                        onClick={onNavigate}
                        activeOptions={{ exact: page.path === '/', includeSearch: false }}
                        className="group flex h-8 items-center gap-2.5 rounded-md px-2 text-kumo-strong hover:bg-kumo-tint data-[status=active]:bg-kumo-tint data-[status=active]:font-medium data-[status=active]:text-kumo-default"
                      >
                        <page.icon
                          className="size-4 text-kumo-subtle group-data-[status=active]:text-kumo-default"
                          aria-hidden
                        />
                        {page.title}
                      </Link>
                    </li>,
                  ]
                : [],
            )}
          </ul>
        </section>
      ))}
    </nav>
  )
}
