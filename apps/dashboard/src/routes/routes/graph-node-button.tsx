import { cn } from '@cloudflare/kumo/utils'
import { CubeIcon } from '@phosphor-icons/react'
import type { CSSProperties, ReactElement } from 'react'
import { describeElement } from './describe-element.ts'
import { elementTypes, typeOf } from './element-types.ts'
import type { RouteNode } from './element.ts'

interface GraphNodeButtonProps {
  node: RouteNode
  /** How many. */
  mistakes: number
  isSelected: boolean
  isLit: boolean
  onSelect(): void
  className?: string
  style: CSSProperties
}

/** A node of the graph; pressing it shows its form. */
export function GraphNodeButton({
  node,
  mistakes,
  isSelected,
  isLit,
  onSelect,
  className,
  style,
}: GraphNodeButtonProps): ReactElement {
  const type = typeOf(node)
  const { icon: Icon, title } = type ? elementTypes[type] : { icon: CubeIcon, title: node.type }
  return (
    <button
      type="button"
      aria-pressed={isSelected}
      onClick={onSelect}
      style={style}
      className={cn(
        'flex cursor-pointer items-center gap-2.5 rounded-lg bg-kumo-base px-3 text-left shadow-xs ring ring-kumo-line hover:bg-kumo-tint',
        isLit && 'ring-2 ring-kumo-success',
        mistakes > 0 && 'ring-2 ring-kumo-danger',
        isSelected && 'outline-2 outline-offset-2 outline-kumo-brand',
        className,
      )}
    >
      <Icon className={cn('size-5 shrink-0', isLit ? 'text-kumo-success' : 'text-kumo-subtle')} aria-hidden />
      <span className="min-w-0 flex-1">
        <span className="sr-only">{title}</span>
        <span className="block truncate font-medium">{node.id}</span>
        <span className="block truncate text-sm text-kumo-subtle">{describeElement(node)}</span>
      </span>
      {mistakes > 0 && (
        <span className="flex size-5 shrink-0 items-center justify-center rounded-full bg-kumo-danger text-xs font-medium text-white">
          {mistakes}
          <span className="sr-only">{mistakes === 1 ? 'mistake' : 'mistakes'}</span>
        </span>
      )}
      {isLit && <span className="sr-only">on the way</span>}
    </button>
  )
}
