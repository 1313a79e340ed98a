import { DataTable } from '../../ui/data-table';

type ChartDataProps = {
  label: string;
  headers: readonly string[];
  /** Formatted cells; the first column is the time. */
  rows: readonly (readonly string[])[];
};

/** The numbers behind a chart, for whoever cannot or will not read the picture. */
export function ChartData({ label, headers, rows }: ChartDataProps) {
  const columns = headers.map((header, index) => ({
    key: header,
    header,
    align: index === 0 ? undefined : ('right' as const),
  }));
  return (
    <DataTable
      label={label}
      columns={columns}
      keys={rows.map((cells, index) => `${index}:${cells[0]}`)}
      row={(_key, index) => (
        <tr>
          {rows[index]?.map((cell, column) => (
            <td key={headers[column]} className={column === 0 ? undefined : 'num'}>
              {cell}
            </td>
          ))}
        </tr>
      )}
    />
  );
}
