import { useState } from 'react';
import { ApiError } from '../../api/client';
import { type LogFilter, useLogs } from '../../api/logs';
import { usePermission } from '../../api/permissions';
import type { LogLine } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { Panel, type PanelState } from '../../ui/panel';

const COLUMNS: readonly Column[] = [
  { key: 'time', header: 'Time, UTC' },
  { key: 'level', header: 'Level' },
  { key: 'process', header: 'Process', wideOnly: true },
  { key: 'instance', header: 'Instance', align: 'right', wideOnly: true },
  { key: 'correlation', header: 'Correlation', wideOnly: true },
  { key: 'message', header: 'Message' },
];

const STEP = 200;
const MOST = 1_000;

type LogsTableProps = {
  filter: LogFilter;
  onChange: (next: LogFilter) => void;
  live: boolean;
};

/** Lines of the last day, the newest first. */
export function LogsTable({ filter, onChange, live }: LogsTableProps) {
  const permission = usePermission('listLogs');
  const [limit, setLimit] = useState(STEP);
  const logs = useLogs(filter, limit, live, permission.allowed);
  const lines = logs.data?.lines ?? [];
  const more = (logs.data?.more ?? false) && limit < MOST;
  return (
    <Panel
      title={`Logs (${lines.length}${logs.data?.more ? ', the newest' : ''})`}
      area="logs"
      state={stateOf(permission.reason, logs, lines.length)}
      actions={
        more && (
          <button type="button" className="button small" onClick={() => setLimit(limit + STEP)}>
            Show older
          </button>
        )
      }
    >
      <DataTable
        label="Logs"
        columns={COLUMNS}
        keys={lines.map((line, index) => `${line.time}:${index}`)}
        row={(_key, index) => {
          const line = lines[index];
          return line ? <LogRow line={line} onChange={onChange} /> : null;
        }}
      />
    </Panel>
  );
}

type LogRowProps = { line: LogLine; onChange: (next: LogFilter) => void };

function LogRow({ line, onChange }: LogRowProps) {
  const { correlation } = line;
  return (
    <tr className="log-row">
      <td>
        <time dateTime={line.time} title={line.time}>
          {line.time.slice(11, 23)}
        </time>
      </td>
      <td>
        <span className={`state ${toneOf(line.level)}`}>{line.level}</span>
      </td>
      <td className="wide-only">
        {line.process}
        {line.worker && line.worker !== line.process ? ` (${line.worker})` : ''}
      </td>
      <td className="num wide-only">{line.instance ?? ''}</td>
      <td className="wide-only">
        {correlation && (
          <button
            type="button"
            className="link"
            title="Everything that belongs to it"
            onClick={() => onChange({ correlation })}
          >
            {correlation}
          </button>
        )}
      </td>
      <td className="log-message" title={line.error ?? line.message}>
        {line.message}
        {line.error && <span className="muted"> {line.error.split('\n', 1)[0]}</span>}
      </td>
    </tr>
  );
}

type Logs = ReturnType<typeof useLogs>;

function stateOf(forbidden: string | null, logs: Logs, count: number): PanelState {
  const { error, isPending, refetch } = logs;
  const onRetry = () => void refetch();
  if (forbidden !== null) {
    return { kind: 'forbidden', reason: forbidden };
  }
  if (error) {
    const requestId = error instanceof ApiError ? error.problem?.request_id : undefined;
    return { kind: 'error', message: error.message, requestId, onRetry };
  }
  if (isPending) {
    return { kind: 'loading', what: 'logs', onRetry };
  }
  return count > 0
    ? { kind: 'ready' }
    : { kind: 'empty', message: 'No line of the last 24 hours is like that.' };
}

function toneOf(level: string): string {
  return level === 'ERROR' ? 'bad' : level === 'WARN' ? 'warn' : 'plain';
}
