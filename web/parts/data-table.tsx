import {
  createColumnHelper,
  createSortedRowModel,
  metaHelper,
  type RowData,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_text,
  type TableOptions,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { clsx } from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';

interface ColumnLook {
  align?: 'end';
  /** Hidden on phones, so its content must be found elsewhere too. */
  deskOnly?: boolean;
}

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, text: sortFn_text },
  columnMeta: metaHelper<ColumnLook>(),
});

type Features = typeof features;

/** `columnsOf<Row>().columns([…])`, at module scope: a new list on each render would rebuild the table. */
export const columnsOf = <Row extends RowData>() => createColumnHelper<Features, Row>();

interface DataTableProps<Row extends RowData> {
  /** For screen readers: what the rows are. */
  caption: string;
  columns: TableOptions<Features, Row>['columns'];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Shows only the first rows, in the current order. */
  limit?: number;
}

/** Scrolls sideways if it is too wide, by keyboard too. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowId, limit } = props;
  const table = useTable({ features, columns, data: rows, getRowId: rowId, enableSortingRemoval: false });
  return (
    // Scrollable content must be reachable by keyboard. Relative: words for screen readers alone would widen the page.
    <section aria-label={caption} tabIndex={0} className="relative overflow-x-auto -outline-offset-2">
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{caption}</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} className="border-line border-b bg-sunken">
              {group.headers.map((header) => (
                <th
                  key={header.id}
                  scope="col"
                  {...sortState(header.column.getIsSorted())}
                  className={clsx(
                    cellStyle(header.column.columnDef.meta),
                    // The arrow comes first in right-aligned columns.
                    'h-9 font-medium text-ink-soft text-xs [&.text-right_button]:flex-row-reverse',
                  )}
                >
                  <Heading
                    sorted={header.column.getIsSorted()}
                    toggle={header.column.getCanSort() ? header.column.getToggleSortingHandler() : undefined}
                  >
                    <table.FlexRender header={header} />
                  </Heading>
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody className="divide-y divide-line">
          {table
            .getRowModel()
            .rows.slice(0, limit)
            .map((row) => (
              <tr key={row.id} className="transition-colors hover:bg-sunken/70">
                {row.getAllCells().map((cell) => (
                  <td key={cell.id} className={clsx(cellStyle(cell.column.columnDef.meta), 'h-13')}>
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

type Sorted = 'asc' | 'desc' | false;

const sortState = (sorted: Sorted) =>
  sorted === false ? {} : ({ 'aria-sort': sorted === 'asc' ? 'ascending' : 'descending' } as const);

function Heading({ sorted, toggle, children }: HeadingProps) {
  if (toggle === undefined) return children;
  const Arrow = sorted === 'asc' ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      onClick={toggle}
      className="group inline-flex h-6 items-center gap-1 rounded-sm hover:text-ink touch:h-11"
    >
      {children}
      <Arrow
        aria-hidden
        className={clsx('size-3.5', sorted === false && 'opacity-0 group-hover:opacity-60')}
      />
    </button>
  );
}

interface HeadingProps {
  sorted: Sorted;
  toggle: ((event: unknown) => void) | undefined;
  children: ReactNode;
}

function cellStyle({ align, deskOnly }: ColumnLook = {}): string {
  return clsx(
    'whitespace-nowrap px-3 first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5',
    align === 'end' && 'text-right tabular-nums',
    deskOnly && 'max-md:hidden',
  );
}
