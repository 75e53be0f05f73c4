import { clsx } from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { forLocale } from '../../language/t.ts';
import { nextSorting, type Sorting, sortRows } from './sort-rows.ts';

interface ColumnLook {
  align?: 'end';
  /** Hidden on phones, so its content must be found elsewhere too. */
  deskOnly?: boolean;
}

interface Column<Row> {
  id: string;
  header: () => ReactNode;
  cell: (row: Row) => ReactNode;
  /** What it is sorted by; without it, it isn't. */
  sortValue?: (row: Row) => unknown;
  look: ColumnLook;
}

interface Cell<Row, Value> {
  row: { original: Row };
  getValue: () => Value;
}

interface ColumnInput<Row, Value> {
  /** A function, since at the top of a module no language is known yet. */
  header: () => ReactNode;
  cell?: (cell: Cell<Row, Value>) => ReactNode;
  meta?: ColumnLook;
}

/** `columnsOf<Row>().columns([…])`, at module scope. */
export function columnsOf<Row>() {
  return {
    /** Shows a field of the rows, by which they can be sorted. */
    accessor<Name extends keyof Row & string>(
      name: Name,
      { header, cell, meta = {} }: ColumnInput<Row, Row[Name]>,
    ): Column<Row> {
      return {
        id: name,
        header,
        cell: (row) =>
          cell === undefined
            ? (row[name] as ReactNode)
            : cell({ row: { original: row }, getValue: () => row[name] }),
        sortValue: (row) => row[name],
        look: meta,
      };
    },
    display({
      id,
      header,
      cell,
      meta = {},
    }: ColumnInput<Row, undefined> & { id: string; cell: object }): Column<Row> {
      return {
        id,
        header,
        cell: (row) => cell?.({ row: { original: row }, getValue: () => undefined }),
        look: meta,
      };
    },
    columns: (columns: readonly Column<Row>[]) => columns,
  };
}

const localeOf = forLocale((locale) => locale);

interface DataTableProps<Row> {
  /** For screen readers: what the rows are. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Shows only the first rows, in the current order. */
  limit?: number;
}

/** Scrolls sideways if it is too wide, by keyboard too. */
export function DataTable<Row>({ caption, columns, rows, rowId, limit }: DataTableProps<Row>) {
  const [sorting, setSorting] = useState<Sorting>();
  const sortedBy = columns.find(({ id }) => id === sorting?.id)?.sortValue;
  const sorted =
    sorting === undefined || sortedBy === undefined
      ? rows
      : sortRows(rows, sortedBy, sorting.direction, localeOf());
  return (
    // Scrollable content must be reachable by keyboard. Relative: words for screen readers alone would widen the page.
    <section aria-label={caption} tabIndex={0} className="relative overflow-x-auto -outline-offset-2">
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-line border-b bg-sunken">
            {columns.map(({ id, header, sortValue, look }) => {
              const direction = sorting?.id === id ? sorting.direction : undefined;
              const sample = rows.find((row) => sortValue?.(row) != null);
              const toggle = () =>
                setSorting(nextSorting(sorting, id, sample === undefined ? undefined : sortValue?.(sample)));
              return (
                <th
                  key={id}
                  scope="col"
                  {...(direction !== undefined && {
                    'aria-sort': direction === 'asc' ? 'ascending' : 'descending',
                  })}
                  className={clsx(
                    cellStyle(look),
                    // The arrow comes first in right-aligned columns.
                    'h-9 font-medium text-ink-soft text-xs [&.text-right_button]:flex-row-reverse',
                  )}
                >
                  {sortValue === undefined ? (
                    header()
                  ) : (
                    <SortButton direction={direction} onClick={toggle}>
                      {header()}
                    </SortButton>
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {sorted.slice(0, limit).map((row) => (
            <tr key={rowId(row)} className="transition-colors hover:bg-sunken/70">
              {columns.map(({ id, cell, look }) => (
                <td
                  key={id}
                  className={clsx(cellStyle(look), 'h-13', look.align === 'end' && 'tabular-nums')}
                >
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface SortButtonProps {
  direction: Sorting['direction'] | undefined;
  onClick: () => void;
  children: ReactNode;
}

function SortButton({ direction, onClick, children }: SortButtonProps) {
  const Arrow = direction === 'asc' ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      onClick={onClick}
      className="group inline-flex h-6 items-center gap-1 rounded-sm hover:text-ink touch:h-11"
    >
      {children}
      <Arrow
        aria-hidden
        className={clsx('size-3.5', direction === undefined && 'opacity-0 group-hover:opacity-60')}
      />
    </button>
  );
}

function cellStyle({ align, deskOnly }: ColumnLook): string {
  return clsx(
    'whitespace-nowrap px-2 sm:px-3 first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5',
    align === 'end' && 'text-right',
    deskOnly && 'max-md:hidden',
  );
}
