import { useVirtualizer } from '@tanstack/react-virtual';
import { Fragment, type ReactNode, useRef } from 'react';

/** A live table mounts only what is seen once it has this many rows. */
const VIRTUAL_FROM = 30;
const ROW_PX = 28;

export type Column = {
  key: string;
  header: string;
  align?: 'right';
  /** Left out at phone width. */
  wideOnly?: boolean;
  width?: number;
};

type DataTableProps = {
  label: string;
  columns: readonly Column[];
  keys: readonly string[];
  /** One table row; it must render a `<tr>`. */
  row: (key: string, index: number) => ReactNode;
};

export function DataTable({ label, columns, keys, row }: DataTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = keys.length >= VIRTUAL_FROM;
  const virtualizer = useVirtualizer({
    count: keys.length,
    enabled: virtual,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  });
  const items = virtualizer.getVirtualItems();
  const shown = virtual ? items.map((item) => item.index) : keys.map((_, index) => index);
  const before = virtual ? (items[0]?.start ?? 0) : 0;
  const after = virtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;

  return (
    <section
      className="table-scroll"
      ref={scroller}
      aria-label={`${label}, scrollable`}
      tabIndex={0}
    >
      <table className="table" aria-label={label} aria-rowcount={keys.length + 1}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={classOf(column)}
                style={column.width ? { width: column.width } : undefined}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Spacer px={before} span={columns.length} />}
          {shown.map((index) => {
            const key = keys[index];
            return key === undefined ? null : <Fragment key={key}>{row(key, index)}</Fragment>;
          })}
          {after > 0 && <Spacer px={after} span={columns.length} />}
        </tbody>
      </table>
    </section>
  );
}

function Spacer({ px, span }: { px: number; span: number }) {
  return (
    <tr className="spacer">
      <td colSpan={span} style={{ height: px }} />
    </tr>
  );
}

function classOf(column: Column): string | undefined {
  const classes = [column.align === 'right' ? 'num' : '', column.wideOnly ? 'wide-only' : ''];
  return classes.filter(Boolean).join(' ') || undefined;
}
